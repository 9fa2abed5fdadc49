package io.souk.bench.arrival;

import io.souk.kit.event.EventRecords;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

import static java.util.Objects.requireNonNull;

/** Sees each event as soon as a consumer that reads only what is committed is given it: later than it was acknowledged. */
public final class LogArrivals implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(100);
    private static final String HEARTBEAT = "heartbeat";

    private final Consumer<String, byte[]> consumer;
    private final Map<String, Journeys> byTopic = new HashMap<>();
    private final Thread thread = new Thread(this::read, "log");

    public LogArrivals(int port, Map<Change, Journeys> journeys) {
        consumer = new KafkaConsumer<>(
                Map.of(
                        ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        "127.0.0.1:" + port,
                        ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                        "read_committed"),
                new StringDeserializer(),
                new ByteArrayDeserializer());
        journeys.forEach((change, some) -> byTopic.put(change.topic(), some));
        var partitions = byTopic.keySet().stream()
                .flatMap(topic -> consumer.partitionsFor(topic).stream())
                .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToEnd(partitions);
        partitions.forEach(consumer::position); // found now, before anything is changed
        thread.start();
    }

    private void read() {
        try (consumer) {
            while (true) {
                var records = consumer.poll(POLL);
                long now = System.nanoTime();
                records.forEach(record -> note(record, now));
            }
        } catch (WakeupException _) {
            // closed
        }
    }

    private void note(ConsumerRecord<String, byte[]> record, long now) {
        var journeys = byTopic.get(record.topic());
        if (journeys != null && record.value() != null && !HEARTBEAT.equals(record.key())) {
            long version =
                    Long.parseLong(requireNonNull(EventRecords.find(record.headers(), EventRecords.AGGREGATE_VERSION)));
            Change.variants(
                    new String(record.value(), StandardCharsets.UTF_8),
                    variant -> journeys.logged(variant, version, now));
        }
    }

    @Override
    public void close() throws InterruptedException {
        consumer.wakeup();
        thread.join();
    }
}
