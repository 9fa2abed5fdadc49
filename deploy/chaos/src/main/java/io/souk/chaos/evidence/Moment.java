package io.souk.chaos.evidence;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Moments in microseconds since 1970, by the clock that the servers read too. */
public final class Moment {
    private Moment() {}

    public static long now() {
        return of(Instant.now());
    }

    public static long of(Instant instant) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, instant);
    }
}
