package io.souk.kit.outbox;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import io.smallrye.mutiny.Uni;
import io.souk.kit.event.EventsConfig;
import io.souk.kit.outbox.OutboxRepository.Depth;
import io.souk.kit.sweep.Sweep;
import io.souk.kit.tenant.Transactions;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.config.inject.ConfigProperty;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/** Looks from time to time at what waits in the outbox, for the gauges; on every replica, since the relay itself may be stuck. */
@ApplicationScoped
class MeasureOutbox implements Sweep {
    private static final Duration EVERY = Duration.ofSeconds(5);

    private final OutboxRepository outbox;
    private final AtomicReference<Depth> seen = new AtomicReference<>(new Depth(0, null));

    MeasureOutbox(
            @ConfigProperty(name = "souk.service") String service,
            Transactions transactions,
            RelayConfig config,
            EventsConfig events,
            Clock clock,
            MeterRegistry metrics) {
        outbox = new OutboxRepository(transactions, config, service, events.partitions(), events::epoch, List.of());
        metrics.gauge("souk.outbox.rows", seen, depth -> depth.get().rows());
        TimeGauge.builder("souk.outbox.oldest", () -> age(clock.instant()).toMillis(), TimeUnit.MILLISECONDS)
                .register(metrics);
    }

    @Override
    public String name() {
        return "measure-outbox";
    }

    @Override
    public Duration pause() {
        return EVERY;
    }

    @Override
    public Uni<Boolean> sweep() {
        return outbox.depth().invoke(seen::set).replaceWith(false);
    }

    private Duration age(Instant now) {
        var oldest = seen.get().oldest();
        return oldest == null || oldest.isAfter(now) ? Duration.ZERO : Duration.between(oldest, now);
    }
}
