package io.souk.kit.protocol.sim;

/**
 * What the protocol does against one interleaving each. Every one can be left out of the simulation, to see that the
 * invariant that it keeps breaks without it.
 */
enum Protection {
    // writer
    ROW_LOCK_BEFORE_OUTBOX(Scenario.RELAYS, Invariant.ORDER, 100),
    GENERATION_BEFORE_TRANSACTION(Scenario.LATE_READERS, Invariant.CONVERGE, 100_000),
    EPOCH(Scenario.RESTORES, Invariant.CONVERGE, 500),
    BOUND_BEFORE_RESTORED_OPENS(Scenario.RESTORES, Invariant.VOUCH, 100_000),
    LOST_ROWS_TOLD(Scenario.RESTORES, Invariant.ORDER, 500),
    // relay
    FENCING(Scenario.RELAYS, Invariant.ORDER, 10_000),
    INIT_BEFORE_READ(Scenario.RELAYS, Invariant.ORDER, 50_000),
    DELETE_AFTER_COMMIT(Scenario.RELAYS, Invariant.COMPLETE, 100),
    DELETE_UNDER_TERM(Scenario.RELAYS, Invariant.ORDER, 100_000),
    MARK_BEFORE_ROWS(Scenario.NEAR, Invariant.TRUTH, 100),
    NOTHING_LEFT_OF_THE_MARK(Scenario.ENTRIES, Invariant.TRUTH, 100),
    FOREIGN_WATERMARK_CARRIED(Scenario.NEAR, Invariant.BOUND, 1_000),
    // scripts
    FLOOR(Scenario.ENTRIES, Invariant.MONOTONE, 500),
    POSITION_CHECK(Scenario.LOSSES, Invariant.BOUND, 10_000),
    INVALID(Scenario.LOSSES, Invariant.BOUND, 100_000),
    LEASE(Scenario.ENTRIES, Invariant.LOAD, 100),
    LEASE_TTL(Scenario.QUIET, Invariant.LEASE, 5_000),
    TOMBSTONE(Scenario.ENTRIES, Invariant.LOAD, 100),
    ONE_ENTRY_ONE_ORDER(Scenario.RESTORES, Invariant.CONVERGE, 500),
    // updater and source reader
    FRESH_GENERATION_ID(Scenario.PURGES, Invariant.DEAD, 20_000),
    ENDS_BEFORE_PUBLISHING(Scenario.SHARDS, Invariant.CONVERGE, 100),
    WATERMARK_PER_GENERATION(Scenario.REBUILDS, Invariant.CONVERGE, 20_000),
    TOMBSTONE_LIFE(Scenario.PURGES, Invariant.DEAD, 100_000),
    LOOK_AGAIN(Scenario.LISTS, Invariant.CONVERGE, 100),
    INBOX(Scenario.CARD, Invariant.ONCE, 100),
    SOURCE_POSITION_CHECK(Scenario.RESTORES, Invariant.CONVERGE, 10_000),
    // reader
    WATERMARK_THROUGH_THE_LOG(Scenario.LOSSES, Invariant.BOUND, 1_000),
    ONE_COMMAND(Scenario.LOSSES, Invariant.BOUND, 5_000),
    CLOCK_MARGIN(Scenario.LOSSES, Invariant.BOUND, 5_000),
    TOKEN_ON_SHARED_LOADS(Scenario.LATE_READERS, Invariant.TOKEN, 10_000),
    OWN_LOAD_TO_FILL(Scenario.ENTRIES, Invariant.TOKEN, 20_000),
    MINIMUM_OVER_SHARDS(Scenario.LISTS, Invariant.BOUND, 50_000),
    COUNT_BEFORE_QUERY(Scenario.LISTS, Invariant.LIST, 20_000),
    RANDOM_COUNT(Scenario.LISTS, Invariant.LIST, 50_000);

    /** Where its absence shows. */
    final Scenario scenario;

    /** What its absence breaks. */
    final Invariant kept;

    /** Among so many schedules there is at least one that shows it. */
    final int within;

    Protection(Scenario scenario, Invariant kept, int within) {
        this.scenario = scenario;
        this.kept = kept;
        this.within = within;
    }
}
