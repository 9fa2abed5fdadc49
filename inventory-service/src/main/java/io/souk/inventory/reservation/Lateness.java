package io.souk.inventory.reservation;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.quarkus.runtime.Startup;
import jakarta.enterprise.context.ApplicationScoped;

import java.time.Duration;
import java.util.List;

/** Measures how long after its time each reservation ended: the promise is a second. */
@ApplicationScoped
@Startup // whoever watches it sees the first late one only if their count has been 0 before
class Lateness {
    private static final Duration[] BOUNDS = {
        Duration.ofMillis(250),
        Duration.ofMillis(500),
        Duration.ofSeconds(1),
        Duration.ofSeconds(2),
        Duration.ofSeconds(5),
        Duration.ofSeconds(30)
    };

    private final Timer timer;

    Lateness(MeterRegistry metrics) {
        timer = Timer.builder("souk.inventory.reservation.lateness")
                .description("How long after its time a reservation had ended")
                .serviceLevelObjectives(BOUNDS)
                .register(metrics);
    }

    /**
     * Of those that one transaction has ended, once it has committed. Both times of a reservation are the database's, so nobody's
     * clock needs to agree with it.
     *
     * @param took from before the transaction began, which is when its rows were changed, to now
     */
    void ended(List<Reservation> expired, Duration took) {
        expired.forEach(one ->
                timer.record(Duration.between(one.expiresAt(), one.updatedAt()).plus(took)));
    }
}
