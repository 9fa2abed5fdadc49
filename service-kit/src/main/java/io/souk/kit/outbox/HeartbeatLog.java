package io.souk.kit.outbox;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.souk.kit.event.AggregateType;
import io.souk.kit.event.EventHealth;
import io.souk.kit.event.Heartbeats;
import io.souk.kit.event.KafkaPromises;
import io.souk.kit.event.KafkaSettings;
import io.souk.kit.event.Topics;
import io.souk.kit.protocol.Watermarks;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;

/**
 * Appends heartbeats to a shard's partition of every topic of the service, by one producer without transactions, on a thread of
 * its own: where Kafka does not answer, nobody waits, and of a shard's heartbeats that wait the last one is sent.
 */
final class HeartbeatLog {
    private static final String PART = "heartbeats";

    /** A heartbeat has some 400 bytes. */
    private static final int BATCH_BYTES = 1_024;

    /** Those of one round leave in one request. */
    private static final int LINGER_MILLIS = 5;

    private static final Duration PAUSE_AFTER_FAILURE = Duration.ofSeconds(1);

    private final List<String> topics;
    private final String service;
    private final Map<String, Object> settings;
    private final EventHealth health;
    private final Counter heartbeats;
    private final Map<Integer, Watermarks> waiting = new ConcurrentHashMap<>();
    private final Thread thread;

    private volatile boolean stopping;
    private @Nullable Producer<byte[], byte[]> producer;

    HeartbeatLog(
            Topics topics,
            Collection<AggregateType> types,
            String service,
            KafkaSettings kafka,
            EventHealth health,
            MeterRegistry metrics) {
        this.topics = types.stream().map(topics::of).toList();
        this.service = service;
        var settings = kafka.producer(service + "-heartbeats");
        settings.put(ProducerConfig.BATCH_SIZE_CONFIG, BATCH_BYTES);
        settings.put(ProducerConfig.LINGER_MS_CONFIG, LINGER_MILLIS);
        this.settings = KafkaPromises.ofProducer(settings);
        this.health = health;
        heartbeats = metrics.counter("souk.relay.heartbeats");
        thread = Thread.ofVirtual().name("souk-heartbeats").unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    /** A heartbeat stays true however late it is sent, or never. */
    void append(int shard, Watermarks watermarks) {
        waiting.put(shard, watermarks);
        LockSupport.unpark(thread);
    }

    /** Does not wait. */
    void stop() {
        stopping = true;
        LockSupport.unpark(thread);
    }

    private void run() {
        while (!stopping) {
            try {
                if (waiting.isEmpty()) {
                    LockSupport.park(this);
                } else {
                    sendAll();
                }
            } catch (Throwable failure) { // an Error too: nobody else would send them
                health.troubled(PART, failure);
                LockSupport.parkNanos(this, PAUSE_AFTER_FAILURE.toNanos());
            }
        }
        if (producer != null) {
            producer.close(Duration.ZERO);
        }
    }

    private void sendAll() {
        var open = producer;
        if (open == null) {
            open = new KafkaProducer<>(settings);
            producer = open;
        }
        for (int shard : List.copyOf(waiting.keySet())) {
            @Nullable Watermarks watermarks = waiting.remove(shard);
            if (watermarks != null) {
                send(open, shard, watermarks);
            }
        }
    }

    private void send(Producer<byte[], byte[]> open, int shard, Watermarks watermarks) {
        for (var topic : topics) {
            var _ = open.send(Heartbeats.encode(topic, shard, service, watermarks), (_, failure) -> {
                if (failure == null) {
                    heartbeats.increment();
                    health.well(PART);
                } else if (!stopping) {
                    health.troubled(PART, failure);
                }
            });
        }
    }
}
