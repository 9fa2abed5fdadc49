package io.souk.kit.outbox;

import java.util.List;
import java.util.UUID;

/** The relay's side of the database. Every call is one transaction, and fails when the database is away. */
interface RelayStore {
    /**
     * Takes the lease if it has run out or is still held under the term before: whether it is held under the new term now.
     *
     * @param term names this taking of the lease, so that whoever lost it in between is told apart from whoever kept it
     */
    boolean takeLease(UUID term, UUID before);

    /** Lets the lease last longer, unless it was taken by another since: whether it is still held under the term. */
    boolean renewLease(UUID term);

    /** Gives the lease up if it is held under the term. */
    void releaseLease(UUID term);

    /**
     * Removes events that are in the log, unless the lease is no longer held under the term, then reads the oldest that are
     * there: by what there is and without a lower bound, so that an event whose transaction committed late is not passed by.
     */
    List<OutboxRow> next(UUID term, List<OutboxRow> delivered);
}
