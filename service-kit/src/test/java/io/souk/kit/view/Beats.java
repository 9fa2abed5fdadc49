package io.souk.kit.view;

import io.souk.kit.Things;
import io.souk.kit.event.EventsConfig;
import io.souk.kit.event.Heartbeats;
import io.souk.kit.event.KafkaSettings;
import io.souk.kit.event.Topics;
import io.souk.kit.protocol.Watermarks;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.apache.kafka.clients.producer.KafkaProducer;

import java.time.Duration;

import static io.souk.testing.Eventually.eventually;

/** Tells of all that was written, as a relay does when all is sent, for tests that cannot wait for its next heartbeat. */
@ApplicationScoped
public class Beats {
    @Inject
    Topics topics;

    @Inject
    KafkaSettings kafka;

    @Inject
    EventsConfig events;

    /** As {@code eventually}, with a heartbeat in every shard before each look. */
    void eventuallyAfterBeats(Runnable look) {
        try (var producer = producer()) {
            eventually(() -> look(producer, look));
        }
    }

    /** The same with another deadline. */
    void eventuallyAfterBeats(Duration most, Runnable look) {
        try (var producer = producer()) {
            eventually(most, () -> look(producer, look));
        }
    }

    private KafkaProducer<byte[], byte[]> producer() {
        return new KafkaProducer<>(kafka.producer("test"));
    }

    private void look(KafkaProducer<byte[], byte[]> producer, Runnable look) {
        beat(producer);
        look.run();
    }

    private void beat(KafkaProducer<byte[], byte[]> producer) {
        var now = Watermarks.own(System.currentTimeMillis() * 1_000);
        for (int shard = 0; shard < events.partitions(); shard++) {
            var _ = producer.send(Heartbeats.encode(topics.of(Things.THING), shard, "catalog", now));
        }
        producer.flush();
    }
}
