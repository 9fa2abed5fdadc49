package io.souk.catalog;

import jakarta.enterprise.context.ApplicationScoped;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** The time as PostgreSQL keeps it, in microseconds: what is published equals what is read back. */
@ApplicationScoped
public class Now {
    private final Clock clock;

    Now(Clock clock) {
        this.clock = clock;
    }

    public Instant instant() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
