package io.souk.kit.outbox;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.arc.All;
import io.quarkus.runtime.StartupEvent;
import io.souk.kit.consumer.ForeignSources;
import io.souk.kit.event.EventHealth;
import io.souk.kit.event.EventKey;
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
import java.util.HashSet;
import java.util.List;

/** The relay of this replica, from the service's start to its end; a shard is woken by every commit with changes in it. */
@ApplicationScoped
class Relay implements CommitListener, Background {
    private final boolean enabled;
    private final int shards;
    private final Lanes lanes;
    private final RelayThread thread;

    Relay(
            @ConfigProperty(name = "souk.service") String service,
            @All List<ProducedAggregates> produced,
            ForeignSources foreign,
            RelayConfig config,
            EventsConfig events,
            Transactions transactions,
            Topics topics,
            KafkaSettings kafka,
            EventHealth health,
            MeterRegistry metrics) {
        enabled = config.enabled();
        shards = events.partitions();
        var types = produced.stream().flatMap(some -> some.types().stream()).toList();
        var heartbeats = new HeartbeatLog(topics, types, service, kafka, health, metrics);
        lanes = Lanes.of(
                shards,
                config,
                new OutboxRepository(transactions, config, service, shards, events::epoch, foreign.all()),
                new RelayLeases(transactions, Ids.next(), config.lease()),
                shard -> new MeasuredLog(
                        new TransactionalLog(topics, kafka, events.topicPrefix() + "-" + service + "-relay-" + shard),
                        metrics),
                heartbeats,
                health,
                metrics);
        thread = new RelayThread(lanes, heartbeats, () -> topics.ensure(types), config, health);
        for (int shard = 0; shard < shards; shard++) {
            int which = shard;
            Gauge.builder("souk.relay.leader", lanes, all -> all.isLeading(which) ? 1 : 0)
                    .tag("shard", Integer.toString(shard))
                    .register(metrics);
        }
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
        if (enabled) {
            var changed = new HashSet<Integer>();
            changes.forEach(
                    change -> changed.add(new EventKey(tenant, change.change().id()).shard(shards)));
            lanes.nudge(changed);
        }
    }
}
