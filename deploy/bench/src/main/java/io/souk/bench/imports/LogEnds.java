package io.souk.bench.imports;

import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

import java.util.Map;

/** How far the topics of the services have grown. */
final class LogEnds implements AutoCloseable {
    private static final String PREFIX = "souk.";

    private final Consumer<byte[], byte[]> consumer;

    LogEnds(int port) {
        consumer = new KafkaConsumer<>(
                Map.of(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, "127.0.0.1:" + port),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
    }

    /** The sum of the end offsets; every record, and every mark of a transaction, adds one. */
    long sum() {
        var partitions = consumer.listTopics().entrySet().stream()
                .filter(topic -> topic.getKey().startsWith(PREFIX))
                .flatMap(topic -> topic.getValue().stream())
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .toList();
        return consumer.endOffsets(partitions).values().stream()
                .mapToLong(Long::longValue)
                .sum();
    }

    @Override
    public void close() {
        consumer.close();
    }
}
