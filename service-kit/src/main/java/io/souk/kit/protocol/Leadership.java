package io.souk.kit.protocol;

import org.jspecify.annotations.Nullable;

import java.util.UUID;

/**
 * That the lease row has been taken, and under which term. Only steps make one, so no step that needs it can come before the
 * lease.
 */
public final class Leadership {
    private final RelayPace pace;
    private final UUID term;
    private final long keptAtNanos;
    private final long markedAtNanos;

    private Leadership(RelayPace pace, UUID term, long keptAtNanos, long markedAtNanos) {
        this.pace = pace;
        this.term = term;
        this.keptAtNanos = keptAtNanos;
        this.markedAtNanos = markedAtNanos;
    }

    static Leadership taken(RelayPace pace, UUID term, long nowNanos) {
        return new Leadership(pace, term, nowNanos, nowNanos - pace.heartbeat().toNanos());
    }

    /** Names this taking of the lease: what deletes rows or renews must find it in the lease row. */
    public UUID term() {
        return term;
    }

    /** Whether it was taken or renewed less than the time of a lease ago. */
    public boolean isKept(long nowNanos, long leaseNanos) {
        return nowNanos - keptAtNanos < leaseNanos;
    }

    RelayPace pace() {
        return pace;
    }

    Leadership kept(long nowNanos) {
        return new Leadership(pace, term, nowNanos, markedAtNanos);
    }

    Leadership marked(long nowNanos) {
        return new Leadership(pace, term, keptAtNanos, nowNanos);
    }

    boolean isRenewalDue(long nowNanos) {
        return nowNanos - keptAtNanos >= pace.renewal().toNanos();
    }

    boolean isMarkDue(@Nullable Mark pending, long nowNanos) {
        return pending == null && nowNanos - markedAtNanos >= pace.heartbeat().toNanos();
    }
}
