package io.souk.kit.redis;

import io.souk.kit.time.Backoff;

import java.time.Duration;
import java.util.ArrayDeque;

/**
 * Says when a Redis that answers, but too late, is not to be waited for any more: some checks within a window have found late
 * commands. Then nothing is sent for a while but one probe, whose answer in time ends it. A while is twice as long each time,
 * until it has been quick for two windows.
 *
 * <p>Times are in nanoseconds of one clock. Belongs to one event loop.
 */
final class SlowGuard {
    private final int most;
    private final long windowNanos;
    private final Backoff pauses;
    private final ArrayDeque<Long> late = new ArrayDeque<>();
    private boolean open;
    private boolean probing;
    private long probeAt;
    private long closedAt;

    /** @param most how many checks within the window may find something late before it opens */
    SlowGuard(int most, Duration window, Backoff pauses) {
        this.most = most;
        this.windowNanos = window.toNanos();
        this.pauses = pauses;
    }

    /** Whether nothing is to be sent. */
    boolean isOpen() {
        return open;
    }

    /** A check has found something late. True when nothing is to be sent from now on. */
    boolean late(long now) {
        if (open) {
            return false;
        }
        late.add(now);
        while (now - late.getFirst() > windowNanos) {
            late.remove();
        }
        if (late.size() < most) {
            return false;
        }
        if (now - closedAt > 2 * windowNanos) {
            pauses.reset();
        }
        open(now);
        return true;
    }

    /** Whether a probe is to be sent now; then the caller sends one. */
    boolean probes(long now) {
        if (!open || probing || now - probeAt < 0) {
            return false;
        }
        probing = true;
        return true;
    }

    /** What came of the probe. True when commands may be sent again. */
    boolean probed(boolean inTime, long now) {
        probing = false;
        if (inTime) {
            open = false;
            closedAt = now;
        } else {
            open(now);
        }
        return inTime;
    }

    private void open(long now) {
        open = true;
        late.clear();
        probeAt = now + pauses.next().toNanos();
    }
}
