package io.souk.kit.outbox;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.arc.All;
import io.quarkus.runtime.StartupEvent;
import io.souk.kit.event.EventHealth;
import io.souk.kit.event.EventsConfig;
import io.souk.kit.event.KafkaSettings;
import io.souk.kit.event.Topics;
import io.souk.kit.id.Ids;
import io.souk.kit.stop.Background;
import io.souk.kit.tenant.TenantId;
import io.souk.kit.tenant.Transactions;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import org.eclipse.microprofile.config.inject.ConfigProperty;

import java.time.Duration;
import java.util.List;

/** The relay of this replica, from the service's start to its end; woken by every commit with changes. */
@ApplicationScoped
class Relay implements CommitListener, Background {
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
        var store = new OutboxRepository(transactions, config, service);
        var log = new MeasuredLog(
                new TransactionalLog(topics, kafka, events.topicPrefix() + "-" + service + "-relay"), metrics);
        var types = produced.stream().flatMap(some -> some.types().stream()).toList();
        var loop = new RelayLoop(store, log, config.renewal(), System::nanoTime, Ids::next);
        thread = new RelayThread(loop, () -> topics.ensure(types), config, health);
        metrics.gauge("souk.relay.leader", thread, relay -> relay.isLeading() ? 1 : 0);
    }

    void start(@Observes StartupEvent started) {
        if (enabled) {
            thread.start();
        }
    }

    /** What is committed from now on waits in the outbox for the next leader. */
    @Override
    public void stop() {
        thread.stop();
    }

    @Override
    public void awaitEnd(Duration most) throws InterruptedException {
        thread.awaitEnd(most);
    }

    @Override
    public void committed(TenantId tenant, List<CommittedChange> changes) {
        thread.nudge();
    }
}
