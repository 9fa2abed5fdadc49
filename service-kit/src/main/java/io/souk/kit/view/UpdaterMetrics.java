package io.souk.kit.view;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;

import java.util.concurrent.atomic.AtomicInteger;

/** What happens to the updaters of a service, all together. */
@Singleton
final class UpdaterMetrics {
    private final Counter gaps;
    private final Counter generations;
    private final AtomicInteger stopped;

    UpdaterMetrics(MeterRegistry registry) {
        gaps = Counter.builder("souk.view.gaps")
                .description(
                        "Times that Redis stood elsewhere than the updater: writes were lost, or another was faster")
                .register(registry);
        generations = Counter.builder("souk.view.generations")
                .description("Generations that this replica has made, since the one before was lost")
                .register(registry);
        stopped = registry.gauge("souk.view.stopped", new AtomicInteger());
    }

    void gap() {
        gaps.increment();
    }

    void generation() {
        generations.increment();
    }

    /** How many shards of topics stand still before a record that cannot be read. */
    void stopped(int shards) {
        stopped.set(shards);
    }
}
