package io.souk.chaos.fleet;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.souk.chaos.evidence.Digest;
import io.souk.chaos.evidence.Fact;
import io.souk.chaos.evidence.Order;
import io.souk.chaos.evidence.Strangers;
import io.souk.chaos.evidence.Thing;
import io.souk.chaos.evidence.Trade;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;

/** The services' topics as a consumer sees them that reads what is committed, from offset 0. For one thread. */
public final class Log implements AutoCloseable {
    /** On every record that the suite itself has put into a topic. */
    public static final String POISON_HEADER = "chaos_poison";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration POLL = Duration.ofMillis(100);
    private static final String PREFIX = "souk.";
    private static final String DEAD_LETTERS = "souk.dlq.";
    private static final byte[] HEARTBEAT = "heartbeat".getBytes(StandardCharsets.UTF_8);

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final Set<String> tenants;

    /** @param tenants whose names are looked for in what is another's */
    public Log(Fleet fleet, Set<String> tenants) {
        this.tenants = tenants;
        consumer = new KafkaConsumer<>(
                Map.<String, Object>of(
                        ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        "127.0.0.1:" + fleet.port(Server.KAFKA),
                        ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                        "read_committed",
                        ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                        false,
                        ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG,
                        false,
                        ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
                        20_000),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
    }

    /** Every event up to now, in the order of each partition; heartbeats are none. */
    public void read(Consumer<Fact.Told> events) {
        read(events, _ -> {});
    }

    /**
     * The same.
     *
     * @param trade what the services' own events say of goods and money
     */
    public void read(Consumer<Fact.Told> events, Consumer<Trade> trade) {
        forEach(record -> {
            var told = told(record);
            events.accept(told);
            if (told.live() && !told.poison()) {
                Events.trade(told, Objects.requireNonNull(data(record))).ifPresent(trade);
            }
        });
    }

    /** The last event's offset of each partition that has one. */
    public Map<TopicPartition, Long> lastEvents() {
        var last = new HashMap<TopicPartition, Long>();
        forEach(record -> last.put(new TopicPartition(record.topic(), record.partition()), record.offset()));
        return last;
    }

    private void forEach(Consumer<ConsumerRecord<byte[], byte[]>> events) {
        var partitions = partitions();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        var ends = consumer.endOffsets(partitions);
        while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
            for (var record : consumer.poll(POLL)) {
                if (!Arrays.equals(HEARTBEAT, record.key())) {
                    events.accept(record);
                }
            }
        }
    }

    private Collection<TopicPartition> partitions() {
        return consumer.listTopics().entrySet().stream()
                .filter(topic ->
                        topic.getKey().startsWith(PREFIX) && !topic.getKey().startsWith(DEAD_LETTERS))
                .flatMap(topic -> topic.getValue().stream())
                .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                .toList();
    }

    private Fact.Told told(ConsumerRecord<byte[], byte[]> record) {
        var thing = thing(record);
        var data = data(record);
        var type = header(record, "ce_type");
        var tenant = header(record, "ce_tenant");
        boolean live = data != null && (type == null || !type.contains(".deleted."));
        return new Fact.Told(
                record.topic(),
                record.partition(),
                record.offset(),
                record.timestamp() * 1_000,
                thing,
                tenant,
                order(record),
                header(record, "ce_id"),
                live,
                live
                        && !Set.of("DRAFT", "ARCHIVED")
                                .contains(Objects.requireNonNull(data)
                                        .path("status")
                                        .asText()),
                live ? Digest.ofContent(Objects.requireNonNull(data)) : null,
                data != null && data.has("available") ? data.path("available").asLong() : null,
                data == null ? null : data.path("productId").asText(null),
                data == null || thing == null ? Set.of() : Strangers.in(data.toString(), thing.tenant(), tenants),
                data != null && data.path("doubted").asBoolean(),
                header(record, POISON_HEADER) != null);
    }

    private static @Nullable Thing thing(ConsumerRecord<byte[], byte[]> record) {
        byte @Nullable [] key = record.key();
        var text = key == null ? "" : new String(key, StandardCharsets.UTF_8);
        var aggregate = record.topic().substring(PREFIX.length());
        return text.indexOf('/') < 0 ? null : Thing.parse(aggregate + ":" + text);
    }

    private static Order order(ConsumerRecord<byte[], byte[]> record) {
        var epoch = header(record, "ce_epoch");
        var version = header(record, "ce_aggregateversion");
        return epoch == null || version == null ? Order.NONE : Order.parse(epoch + "." + version);
    }

    private static @Nullable JsonNode data(ConsumerRecord<byte[], byte[]> record) {
        byte @Nullable [] value = record.value();
        try {
            return value == null ? null : JSON.readTree(value);
        } catch (IOException _) {
            return null; // poison
        }
    }

    private static @Nullable String header(ConsumerRecord<byte[], byte[]> record, String name) {
        var header = record.headers().lastHeader(name);
        return header == null ? null : new String(header.value(), StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        consumer.close();
    }
}
