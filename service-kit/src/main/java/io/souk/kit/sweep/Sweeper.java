package io.souk.kit.sweep;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.arc.All;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Vertx;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

import java.util.List;

/** Runs the sweeps of this service. */
@ApplicationScoped
class Sweeper {
    private final List<SweepLoop> loops;

    Sweeper(Vertx vertx, MeterRegistry metrics, @All List<Sweep> sweeps) {
        loops = sweeps.stream()
                .map(sweep -> new SweepLoop(vertx, metrics, sweep))
                .toList();
    }

    void start(@Observes StartupEvent started) {
        loops.forEach(SweepLoop::start);
    }

    /** Before the pools close. */
    void stop(@Observes @Priority(100) ShutdownEvent stopping) {
        loops.forEach(SweepLoop::stop);
    }
}
