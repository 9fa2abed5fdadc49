package io.souk.bench.imports;

import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

import java.time.Duration;
import java.util.Map;

/** How much the topics of the services have grown. */
final class LogEnds implements AutoCloseable {
    private static final String PREFIX = "souk.";
    private static final String HEARTBEAT = "heartbeat";
    private static final Duration POLL = Duration.ofMillis(200);

    private final Consumer<String, byte[]> consumer;
    private Map<TopicPartition, Long> ends = Map.of();

    LogEnds(int port) {
        consumer = new KafkaConsumer<>(
                Map.of(
                        ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        "127.0.0.1:" + port,
                        ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                        "read_committed",
                        ConsumerConfig.FETCH_MAX_BYTES_CONFIG,
                        1024 * 1024),
                new StringDeserializer(),
                new ByteArrayDeserializer());
    }

    /** Remembers where the topics end now. */
    void mark() {
        ends = ends();
    }

    /** The events that were added since the mark; the records that only tell of time are none. */
    long events() {
        var now = ends();
        consumer.assign(now.keySet());
        now.keySet().forEach(partition -> consumer.seek(partition, ends.getOrDefault(partition, 0L)));
        long events = 0;
        while (now.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
            for (var record : consumer.poll(POLL)) {
                if (!HEARTBEAT.equals(record.key()) && record.offset() < now.getOrDefault(partition(record), 0L)) {
                    events++;
                }
            }
        }
        return events;
    }

    private Map<TopicPartition, Long> ends() {
        return consumer.endOffsets(consumer.listTopics().entrySet().stream()
                .filter(topic -> topic.getKey().startsWith(PREFIX))
                .flatMap(topic -> topic.getValue().stream())
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .toList());
    }

    private static TopicPartition partition(ConsumerRecord<?, ?> record) {
        return new TopicPartition(record.topic(), record.partition());
    }

    @Override
    public void close() {
        consumer.close();
    }
}
