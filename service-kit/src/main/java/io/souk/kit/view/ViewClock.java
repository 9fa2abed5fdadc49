package io.souk.kit.view;

import io.souk.kit.health.Degradation;
import io.souk.kit.protocol.Freshness;
import jakarta.inject.Singleton;
import org.jspecify.annotations.Nullable;

import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * This process' wall clock, by which the age of an answer is told, held against the database's. While it is known to differ by
 * more than is configured nothing proves anything, and readers do without the cache.
 *
 * <p>Safe from any thread.
 */
@Singleton
final class ViewClock implements Degradation {
    private static final long MICROS_PER_MILLI = 1_000;

    private final Clock clock;
    private final Freshness freshness;
    private volatile long offMicros;

    ViewClock(Clock clock, ViewConfig config) {
        this.clock = clock;
        this.freshness = new Freshness(config.bound(), config.clockSkew());
    }

    /** Rounded up, so that rounding makes nothing look fresher. */
    long nowMicros() {
        return (clock.millis() + 1) * MICROS_PER_MILLI;
    }

    Freshness freshness() {
        return freshness;
    }

    /** How fresh what a request asks for must be; B when it asks for no more, and what is read now when for too much. */
    Freshness freshness(@Nullable Duration bound) {
        if (bound == null || bound.compareTo(freshness.bound()) >= 0) {
            return freshness;
        }
        var least = freshness.skew().plusMillis(1);
        return new Freshness(bound.compareTo(least) < 0 ? least : bound, freshness.skew());
    }

    /**
     * Takes note of what the database's clock showed at some moment between two of this one's.
     *
     * @param before from {@link #nowMicros}, before the database was asked
     */
    void compare(long before, long database, long after) {
        offMicros = database < before - MICROS_PER_MILLI ? before - database : database > after ? database - after : 0;
    }

    boolean isTrusted() {
        return offMicros <= freshness.skew().toNanos() / MICROS_PER_MILLI;
    }

    @Override
    public String name() {
        return "clock";
    }

    @Override
    public @Nullable String reason() {
        return isTrusted()
                ? null
                : "differs from the database's by %d ms or more: views are read from the tables"
                        .formatted(TimeUnit.MICROSECONDS.toMillis(offMicros));
    }
}
