package io.souk.kit.sweep;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.arc.All;
import io.quarkus.runtime.StartupEvent;
import io.souk.kit.stop.Background;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

import java.time.Duration;
import java.util.List;

/** Runs the sweeps of this service. */
@ApplicationScoped
class Sweeper implements Background {
    private final List<SweepLoop> loops;

    Sweeper(Vertx vertx, MeterRegistry metrics, @All List<Sweep> sweeps) {
        loops = sweeps.stream()
                .map(sweep -> new SweepLoop(vertx, metrics, sweep))
                .toList();
    }

    void start(@Observes StartupEvent started) {
        loops.forEach(SweepLoop::start);
    }

    @Override
    public void stop() {
        loops.forEach(SweepLoop::stop);
    }

    @Override
    public void awaitEnd(Duration most) throws InterruptedException {
        long deadline = System.nanoTime() + most.toNanos();
        for (var loop : loops) {
            loop.awaitEnd(Duration.ofNanos(Math.max(0, deadline - System.nanoTime())));
        }
    }
}
