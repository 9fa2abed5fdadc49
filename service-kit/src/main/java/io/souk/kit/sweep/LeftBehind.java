package io.souk.kit.sweep;

import org.jboss.logging.Logger;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Tells of rows that a sweep cannot deal with and leaves, so that the others do not wait for them. It meets them again at
 * each turn: an error is logged once a minute at most. Safe for use by several threads.
 */
public final class LeftBehind {
    private static final long PAUSE_NANOS = Duration.ofMinutes(1).toNanos();

    private final Logger log;
    private final AtomicLong toldAt = new AtomicLong(System.nanoTime() - PAUSE_NANOS);

    public LeftBehind(Logger log) {
        this.log = log;
    }

    /** Logs the failure, unless one was logged within the last minute. True when it did. */
    public boolean tell(String row, Throwable failure) {
        long now = System.nanoTime();
        long last = toldAt.get();
        if (now - last < PAUSE_NANOS || !toldAt.compareAndSet(last, now)) {
            return false;
        }
        log.errorf(failure, "%s is due and cannot be ended; the others go on without it", row);
        return true;
    }
}
