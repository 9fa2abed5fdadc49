package io.souk.kit.time;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

import java.time.Clock;

/** The clock that use cases are given, so that a test can give them another. UTC. */
final class WallClock {
    private WallClock() {}

    @Produces
    @Singleton
    static Clock utc() {
        return Clock.systemUTC();
    }
}
