package io.souk.kit.time;

import java.time.Duration;
import java.util.function.DoubleSupplier;

/**
 * How long to wait before the next attempt: twice as long each time up to a bound, less a random part of up to half, so that
 * what failed together does not come back together.
 */
public final class Backoff {
    private final Duration first;
    private final Duration most;
    private final DoubleSupplier random;
    private int failures;

    /** @param random from 0 to 1 */
    public Backoff(Duration first, Duration most, DoubleSupplier random) {
        this.first = first;
        this.most = most;
        this.random = random;
    }

    /** The wait after one more failure. */
    public Duration next() {
        var whole = first;
        for (int i = 0; i < failures && whole.compareTo(most) < 0; i++) {
            whole = whole.multipliedBy(2);
        }
        failures++;
        long nanos = Math.min(whole.toNanos(), most.toNanos());
        return Duration.ofNanos((long) (nanos * (1 - random.getAsDouble() / 2)));
    }

    /** Forgets the failures: something went well. */
    public void reset() {
        failures = 0;
    }
}
