package io.souk.kit.consumer;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.souk.kit.event.EventHealth;
import io.souk.kit.event.KafkaSettings;
import io.souk.kit.event.Topics;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;

import java.util.concurrent.CompletableFuture;

/** Makes members of groups, as many as a test wants. */
@ApplicationScoped
class Members {
    private final SourcePositions positions;
    private final KafkaSettings kafka;
    private final ReadersConfig config;
    private final Topics topics;
    private final EventHealth health;
    private final ObjectMapper json;
    private final Vertx vertx;

    Members(
            SourcePositions positions,
            KafkaSettings kafka,
            ReadersConfig config,
            Topics topics,
            EventHealth health,
            ObjectMapper json,
            Vertx vertx) {
        this.positions = positions;
        this.kafka = kafka;
        this.config = config;
        this.topics = topics;
        this.health = health;
        this.json = json;
        this.vertx = vertx;
    }

    ReaderThread of(String group, EventConsumer<?> consumer) {
        return of(group, consumer, new SimpleMeterRegistry());
    }

    ReaderThread of(String group, EventConsumer<?> consumer, MeterRegistry metrics) {
        var settings = kafka.consumer(group, 10);
        GroupMember.join(settings, group);
        return new ReaderThread(
                new GroupReader<>(
                        consumer,
                        positions,
                        new ReaderTools(
                                "consumer " + consumer.name(),
                                settings,
                                config,
                                topics,
                                health,
                                json,
                                new Handlers(vertx, group),
                                (_, _) -> CompletableFuture.allOf(), // another test's
                                new ReaderMetrics(metrics, group))),
                config,
                health);
    }
}
