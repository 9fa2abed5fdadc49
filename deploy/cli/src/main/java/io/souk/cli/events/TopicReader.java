package io.souk.cli.events;

import io.souk.stack.StackException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Reads all partitions of one topic from their beginning, without a consumer group. For one thread. */
final class TopicReader implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(200);

    /** The command line has a small heap: eight partitions of this much fit into it. */
    private static final int FETCH_BYTES = 1024 * 1024;

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final Map<TopicPartition, Long> ends;

    private TopicReader(KafkaConsumer<byte[], byte[]> consumer, List<TopicPartition> partitions) {
        this.consumer = consumer;
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        ends = consumer.endOffsets(partitions);
    }

    /** Throws a {@link StackException} that names the topics there are when there is no such topic. */
    static TopicReader open(String servers, String topic) {
        var consumer = new KafkaConsumer<>(
                Map.<String, Object>of(
                        "bootstrap.servers",
                        servers,
                        // Without it the events of a transaction that was given up would be seen too.
                        "isolation.level",
                        "read_committed",
                        "enable.auto.commit",
                        "false",
                        "allow.auto.create.topics",
                        "false",
                        "fetch.max.bytes",
                        FETCH_BYTES,
                        "max.partition.fetch.bytes",
                        FETCH_BYTES,
                        "default.api.timeout.ms",
                        "5000"),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
        try {
            return new TopicReader(consumer, partitions(consumer, topic));
        } catch (RuntimeException failure) {
            consumer.close();
            throw failure;
        }
    }

    private static List<TopicPartition> partitions(KafkaConsumer<?, ?> consumer, String topic) {
        var topics = consumer.listTopics();
        if (!topics.containsKey(topic)) {
            throw new StackException("There is no topic %s; there are %s."
                    .formatted(
                            topic,
                            topics.keySet().stream()
                                    .filter(name -> !name.startsWith("__"))
                                    .sorted()
                                    .collect(Collectors.joining(", "))));
        }
        return topics.getOrDefault(topic, List.of()).stream()
                .map(partition -> new TopicPartition(topic, partition.partition()))
                .toList();
    }

    /** The events that have arrived, none when none come within a moment. */
    Iterable<ConsumerRecord<byte[], byte[]>> next() {
        ConsumerRecords<byte[], byte[]> polled = consumer.poll(POLL);
        return polled;
    }

    /** Whether all has been read that was committed when the topic was opened. */
    boolean atEnd() {
        return ends.entrySet().stream().allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
    }

    @Override
    public void close() {
        consumer.close();
    }
}
