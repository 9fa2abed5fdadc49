package io.souk.kit.redis;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/** How long to wait before the next attempt: doubled each time up to a limit, the upper half of it at random. */
final class Backoff {
    private static final long FIRST_MILLIS = 50;

    private final long maxMillis;
    private long nextMillis = FIRST_MILLIS;

    Backoff(Duration max) {
        this.maxMillis = Math.max(FIRST_MILLIS, max.toMillis());
    }

    long next() {
        long half = Math.max(1, nextMillis / 2);
        long wait = half + ThreadLocalRandom.current().nextLong(half + 1);
        nextMillis = Math.min(maxMillis, nextMillis * 2);
        return wait;
    }

    void reset() {
        nextMillis = FIRST_MILLIS;
    }
}
