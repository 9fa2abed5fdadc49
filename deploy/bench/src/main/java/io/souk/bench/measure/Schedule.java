package io.souk.bench.measure;

import java.time.Duration;

/**
 * Moments at an even pace, fixed beforehand.
 *
 * @param start of {@link System#nanoTime}; the first moment
 */
public record Schedule(long start, double perSecond) {
    private static final double NANOS = 1e9;

    public Schedule {
        if (!(perSecond > 0)) {
            throw new IllegalArgumentException(perSecond + " per second");
        }
    }

    /** Of {@link System#nanoTime}; the number counts from 0. */
    public long moment(long number) {
        return start + (long) (number * NANOS / perSecond);
    }

    /** How many moments lie within that time. */
    public long within(Duration time) {
        return (long) Math.ceil(time.toNanos() * perSecond / NANOS);
    }
}
