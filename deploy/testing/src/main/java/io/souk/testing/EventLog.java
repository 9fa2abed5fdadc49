package io.souk.testing;

import io.souk.testing.schema.EventCheck;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** What stands in a topic, as any Kafka client that reads committed records sees it. */
public final class EventLog {
    private static final Duration DEADLINE = Duration.ofMinutes(2);
    private static final Duration POLL = Duration.ofMillis(100);
    private static final Pattern CHANGED = Pattern.compile("souk\\.([a-z]+)\\.([a-z-]+)\\.changed\\.v1");

    /** The key of the records that tell of time. */
    private static final String HEARTBEAT = "heartbeat";

    private static final String DEAD_LETTERS = ".dlq.";

    private EventLog() {}

    /** The name of an aggregate's topic in this test JVM, e.g. {@code topic("catalog", "product")}. */
    public static String topic(String service, String aggregate) {
        return "%s.%s.%s".formatted(Space.own().name(), service, aggregate);
    }

    /** All events committed so far, partition by partition, each in its order; none where the topic does not exist. */
    public static List<ConsumerRecord<String, byte[]>> readAll(String topic) {
        return read(topic, key -> !HEARTBEAT.equals(key));
    }

    /** All events committed so far that carry this key. */
    public static List<ConsumerRecord<String, byte[]>> readAll(String topic, String key) {
        return read(topic, key::equals);
    }

    /** All events of a tenant committed so far. */
    public static List<ConsumerRecord<String, byte[]>> readAllOf(String topic, String tenant) {
        return read(topic, key -> key.startsWith(tenant + "/"));
    }

    /** Like {@link #readAll(String)}, heartbeats included. */
    public static List<ConsumerRecord<String, byte[]>> readRecords(String topic) {
        return read(topic, _ -> true);
    }

    private static List<ConsumerRecord<String, byte[]>> read(String topic, Predicate<String> chosen) {
        try (var consumer = consumer()) {
            var partitions = consumer.partitionsFor(topic).stream()
                    .map(partition -> new TopicPartition(topic, partition.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            return readTo(consumer, consumer.endOffsets(partitions), chosen);
        }
    }

    private static List<ConsumerRecord<String, byte[]>> readTo(
            KafkaConsumer<String, byte[]> consumer, Map<TopicPartition, Long> ends, Predicate<String> chosen) {
        var byPartition = new TreeMap<Integer, List<ConsumerRecord<String, byte[]>>>();
        long deadline = System.nanoTime() + DEADLINE.toNanos();
        while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("the end of %s was not reached in time".formatted(ends.keySet()));
            }
            for (var record : consumer.poll(POLL)) {
                if (chosen.test(record.key())) { // the others are checked by whoever looks at them
                    check(record);
                    byPartition
                            .computeIfAbsent(record.partition(), _ -> new ArrayList<>())
                            .add(record);
                }
            }
        }
        return byPartition.values().stream().flatMap(Collection::stream).toList();
    }

    /** Whoever looks at an event sees to it that it is as other teams expect it; dead letters are what could not be. */
    private static void check(ConsumerRecord<String, byte[]> record) {
        if (record.topic().contains(DEAD_LETTERS)) {
            return;
        }
        var type = record.headers().lastHeader("ce_type");
        var changed = CHANGED.matcher(type == null ? "" : new String(type.value(), StandardCharsets.UTF_8));
        if (record.value() != null && changed.matches()) {
            var faults = EventCheck.faults(changed.group(1), changed.group(2), record.value());
            if (!faults.isEmpty()) {
                throw new AssertionError(record.key() + " is not as its schema says: " + faults);
            }
        }
    }

    private static KafkaConsumer<String, byte[]> consumer() {
        return new KafkaConsumer<>(
                Map.of(
                        "bootstrap.servers", Space.own().servers().kafka(),
                        "isolation.level", "read_committed",
                        "enable.auto.commit", "false",
                        "allow.auto.create.topics", "false",
                        "fetch.max.wait.ms", "20",
                        "default.api.timeout.ms", "60000"),
                new StringDeserializer(),
                new ByteArrayDeserializer());
    }
}
