package io.souk.kit.outbox;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.arc.All;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.souk.kit.event.EventHealth;
import io.souk.kit.event.EventsConfig;
import io.souk.kit.event.KafkaSettings;
import io.souk.kit.event.Topics;
import io.souk.kit.tenant.TenantId;
import io.souk.kit.tenant.Transactions;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import org.eclipse.microprofile.config.inject.ConfigProperty;

import java.time.Duration;
import java.util.List;
import java.util.UUID;

/** The relay of this replica, from the service's start to its end; woken by every commit with changes. */
@ApplicationScoped
class Relay implements CommitListener {
    private static final Duration STOP_WITHIN = Duration.ofSeconds(5);

    private final boolean enabled;
    private final RelayThread thread;

    Relay(
            @ConfigProperty(name = "souk.service") String service,
            @All List<ProducedAggregates> produced,
            RelayConfig config,
            EventsConfig events,
            Transactions transactions,
            Topics topics,
            KafkaSettings kafka,
            EventHealth health,
            MeterRegistry metrics) {
        if (config.renewal().compareTo(config.lease()) >= 0) {
            throw new IllegalArgumentException("souk.relay.renewal must be shorter than souk.relay.lease");
        }
        enabled = config.enabled();
        var store = new OutboxRepository(transactions, config, service, UUID.randomUUID());
        var log = new MeasuredLog(
                new TransactionalLog(topics, kafka, events.topicPrefix() + "-" + service + "-relay"), metrics);
        var types = produced.stream().flatMap(some -> some.types().stream()).toList();
        var loop = new RelayLoop(store, log, config.renewal(), System::nanoTime);
        thread = new RelayThread(loop, () -> topics.ensure(types), config, health);
        metrics.gauge("souk.relay.leader", thread, relay -> relay.isLeading() ? 1 : 0);
    }

    void start(@Observes StartupEvent started) {
        if (enabled) {
            thread.start();
        }
    }

    /** Before the pools close. */
    void stop(@Observes @Priority(100) ShutdownEvent stopping) throws InterruptedException {
        thread.stop(STOP_WITHIN);
    }

    @Override
    public void committed(TenantId tenant, List<CommittedChange> changes) {
        thread.nudge();
    }
}
