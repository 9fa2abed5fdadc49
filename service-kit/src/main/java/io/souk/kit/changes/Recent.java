package io.souk.kit.changes;

import io.souk.kit.tenant.TenantId;
import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * The end of the log in memory, bounded in events and bytes: written by one thread, read by all who follow, and where they
 * wait for more. Thread-safe; nothing here takes longer than a walk through the window.
 */
final class Recent {
    private static final int MAX_EVENTS = 1 << 14;

    private final long maxBytes;
    private final @Nullable FeedEvent[] ring = new @Nullable FeedEvent[MAX_EVENTS];

    /** From here on nothing is missing. */
    private final Positions from;

    /** Behind all that was read. */
    private final Positions next;

    private final Map<TenantId, Set<Waiter>> waiting = new HashMap<>();
    private long first;
    private long end;
    private long bytes;
    private boolean closed;

    Recent(Positions end, long maxBytes) {
        this.maxBytes = maxBytes;
        from = end.copy();
        next = end.copy();
    }

    /** Somebody who waits for the next event of a tenant. */
    static final class Waiter {
        private final Wanted wanted;
        private final Runnable wake;
        private boolean gone;

        private Waiter(Wanted wanted, Runnable wake) {
            this.wanted = wanted;
            this.wake = wake;
        }
    }

    FeedTopics topics() {
        return from.topics();
    }

    /** Where the log ends, as far as it was read. */
    synchronized Place end() {
        return new Place(next.copy(), this, end);
    }

    /** Where the window begins. */
    synchronized Positions beginning() {
        return from.copy();
    }

    /** @param read behind these events and all else that was read with them */
    void append(List<FeedEvent> events, Positions read) {
        var woken = new ArrayList<Waiter>();
        synchronized (this) {
            for (var event : events) {
                add(event);
                wake(event, woken);
            }
            next.atLeast(read);
        }
        woken.forEach(waiter -> waiter.wake.run());
    }

    /** The events behind a place; null when they begin before the window. */
    synchronized @Nullable Batch read(Wanted wanted, Place place, int limit) {
        boolean wasHere = place.window() == this && place.seq() >= first;
        if (!wasHere && !place.positions().reach(from, wanted)) {
            return null;
        }
        var batch = new BatchBuilder(wanted, place.positions(), limit);
        long seq = wasHere ? place.seq() : first;
        while (seq < end && batch.look(at(seq))) {
            seq++;
        }
        if (seq == end) {
            batch.positions().atLeast(next);
        }
        return batch.build(new Place(batch.positions(), this, seq), seq < end);
    }

    /**
     * Waits behind a place at which {@link #read} has found no more. {@code wake} runs at most once, on the thread that
     * appends; null, and it never runs, when there is something to look at already.
     */
    synchronized @Nullable Waiter await(Wanted wanted, Place place, Runnable wake) {
        if (closed || place.window() != this || place.seq() < first) {
            return null;
        }
        for (long seq = place.seq(); seq < end; seq++) {
            if (wanted.takes(at(seq))) {
                return null;
            }
        }
        var waiter = new Waiter(wanted, wake);
        waiting.computeIfAbsent(wanted.tenant(), _ -> new LinkedHashSet<>()).add(waiter);
        return waiter;
    }

    /** Waits no longer: the end, since there was nothing in between, or the place before when there was. */
    synchronized Place leave(Waiter waiter, Place before) {
        if (waiter.gone) {
            return before;
        }
        waiter.gone = true;
        waiting.computeIfPresent(waiter.wanted.tenant(), (_, waiters) -> {
            waiters.remove(waiter);
            return waiters.isEmpty() ? null : waiters;
        });
        var positions = before.positions().copy();
        positions.atLeast(next);
        return new Place(positions, this, end);
    }

    synchronized boolean hasWaiters() {
        return !waiting.isEmpty();
    }

    /** Nobody waits here from now on. */
    void close() {
        var woken = new ArrayList<Waiter>();
        synchronized (this) {
            closed = true;
            waiting.values().forEach(woken::addAll);
            waiting.clear();
            woken.forEach(waiter -> waiter.gone = true);
        }
        woken.forEach(waiter -> waiter.wake.run());
    }

    private void add(FeedEvent event) {
        while (end > first && (end - first == MAX_EVENTS || bytes + event.json().length > maxBytes)) {
            var oldest = at(first);
            from.set(oldest.topic(), oldest.partition(), oldest.offset() + 1);
            bytes -= oldest.json().length;
            ring[place(first)] = null;
            first++;
        }
        ring[place(end)] = event;
        bytes += event.json().length;
        end++;
    }

    private void wake(FeedEvent event, List<Waiter> woken) {
        var waiters = waiting.get(event.tenant());
        if (waiters == null) {
            return;
        }
        waiters.removeIf(waiter -> {
            if (waiter.wanted.takes(event)) {
                waiter.gone = true;
                woken.add(waiter);
            }
            return waiter.gone;
        });
        if (waiters.isEmpty()) {
            waiting.remove(event.tenant());
        }
    }

    private FeedEvent at(long seq) {
        return Objects.requireNonNull(ring[place(seq)]);
    }

    private static int place(long seq) {
        return (int) (seq & (MAX_EVENTS - 1));
    }
}
