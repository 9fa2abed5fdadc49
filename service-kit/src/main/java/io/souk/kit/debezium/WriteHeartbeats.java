package io.souk.kit.debezium;

import io.quarkus.arc.All;
import io.smallrye.mutiny.Uni;
import io.souk.kit.consumer.ForeignSources;
import io.souk.kit.event.AggregateType;
import io.souk.kit.event.EventsConfig;
import io.souk.kit.event.Topics;
import io.souk.kit.outbox.ProducedAggregates;
import io.souk.kit.outbox.RelayConfig;
import io.souk.kit.sweep.Sweep;
import io.souk.kit.tenant.Transactions;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.config.inject.ConfigProperty;

import java.time.Duration;
import java.util.List;

/** Writes the heartbeats that the relay would send, one row for each topic and shard; and makes the topics, as it would. */
@ApplicationScoped
class WriteHeartbeats implements Sweep {
    /** Debezium has them from the log of the database: the rows are of no more use. */
    private static final Duration KEPT = Duration.ofSeconds(10);

    private final Transactions transactions;
    private final DebeziumRepository heartbeats;
    private final RelayConfig config;
    private final EventsConfig events;
    private final String type;
    private final List<AggregateType> types;
    private final ForeignSources foreign;
    private final Topics topics;
    private final Vertx vertx;
    private volatile boolean topicsAreThere;

    WriteHeartbeats(
            @ConfigProperty(name = "souk.service") String service,
            Transactions transactions,
            DebeziumRepository heartbeats,
            RelayConfig config,
            EventsConfig events,
            ForeignSources foreign,
            Topics topics,
            Vertx vertx,
            @All List<ProducedAggregates> produced) {
        this.transactions = transactions;
        this.heartbeats = heartbeats;
        this.config = config;
        this.events = events;
        this.foreign = foreign;
        this.topics = topics;
        this.vertx = vertx;
        type = "souk." + service + ".heartbeat.v1";
        types = produced.stream().flatMap(some -> some.types().stream()).toList();
    }

    @Override
    public String name() {
        return "heartbeat-rows";
    }

    @Override
    public Duration pause() {
        return config.heartbeat();
    }

    /** Replicas share the work: one writes when none has for so long. */
    @Override
    public Uni<Boolean> sweep() {
        if (config.enabled() || types.isEmpty()) {
            return Uni.createFrom().item(false);
        }
        return ensureTopics()
                .chain(() -> transactions.asWorker(worker -> heartbeats
                        .write(
                                worker,
                                type,
                                names(),
                                events.partitions(),
                                events.epoch(),
                                foreign.all(),
                                config.heartbeat())
                        .chain(() -> heartbeats.forgetHeartbeats(worker, KEPT))))
                .replaceWith(false);
    }

    /** Kafka Connect would make them with another number of partitions. */
    private Uni<Void> ensureTopics() {
        if (topicsAreThere) {
            return Uni.createFrom().voidItem();
        }
        return Uni.createFrom()
                .completionStage(() -> vertx.executeBlocking(
                                () -> {
                                    topics.ensure(types);
                                    topicsAreThere = true;
                                    return topicsAreThere;
                                },
                                false)
                        .toCompletionStage())
                .replaceWithVoid();
    }

    private List<String> names() {
        return types.stream().map(AggregateType::name).toList();
    }
}
