package io.souk.kit.outbox;

import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * What a relay does, turn by turn (docs/protocol.md): take the lease, open the log, and only then read; send, and only
 * then delete. Any failure with the log leads back to the start, where opening it settles what became of the last batch:
 * rows that stayed are sent again.
 */
final class RelayLoop {
    /** What to do before the next turn. */
    enum Next {
        /** There may be more. */
        AGAIN,
        /** Nothing to send: wait for a nudge or for the poll interval. */
        IDLE,
        /** Another one leads: wait for the renewal interval. */
        FOLLOW
    }

    private final RelayStore store;
    private final RelayLog log;
    private final long renewalNanos;
    private final LongSupplier nanoTime;
    private final Supplier<UUID> terms;

    private boolean leading;
    private long renewedAt;
    private List<OutboxRow> delivered = List.of();

    /** Of the last time that the lease was taken. */
    private UUID term;

    /** @param terms a new one each time */
    RelayLoop(RelayStore store, RelayLog log, Duration renewal, LongSupplier nanoTime, Supplier<UUID> terms) {
        this.store = store;
        this.log = log;
        this.renewalNanos = renewal.toNanos();
        this.nanoTime = nanoTime;
        this.terms = terms;
        this.term = terms.get();
    }

    /** One turn. What it throws may pass: call again after a pause. */
    Next turn() {
        if (!leading && !lead()) {
            return Next.FOLLOW;
        }
        if (nanoTime.getAsLong() - renewedAt >= renewalNanos && !renew()) {
            stepDown();
            return Next.FOLLOW;
        }
        var rows = store.next(term, delivered);
        delivered = List.of();
        return rows.isEmpty() ? Next.IDLE : send(rows);
    }

    boolean isLeading() {
        return leading;
    }

    /** Deletes what has been delivered and lets another relay take over at once. */
    void stop() {
        if (leading) {
            leading = false;
            log.close();
            store.next(term, delivered);
            store.releaseLease(term);
        }
    }

    private boolean lead() {
        var next = terms.get();
        if (!store.takeLease(next, term)) {
            return false;
        }
        term = next;
        log.open();
        // Opening may have taken longer than the lease lasts: the first turn asks again before it reads.
        renewedAt = nanoTime.getAsLong() - renewalNanos;
        leading = true;
        return true;
    }

    private boolean renew() {
        boolean renewed = store.renewLease(term);
        renewedAt = nanoTime.getAsLong();
        return renewed;
    }

    private Next send(List<OutboxRow> rows) {
        try {
            log.append(rows);
        } catch (RelayLog.Fenced _) {
            stepDown();
            store.releaseLease(term);
            return Next.FOLLOW;
        } catch (RuntimeException failure) {
            stepDown();
            throw failure;
        }
        delivered = rows;
        return Next.AGAIN;
    }

    /** What was delivered and not yet deleted is sent again by whoever leads next. */
    private void stepDown() {
        leading = false;
        delivered = List.of();
        log.close();
    }
}
