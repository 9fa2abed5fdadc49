package io.souk.chaos.fault;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.souk.chaos.evidence.Thing;
import io.souk.chaos.fleet.Database;
import io.souk.chaos.fleet.Fleet;
import io.souk.chaos.fleet.Log;
import io.souk.chaos.fleet.Server;
import io.souk.stack.StackException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** What is done to topics and groups, past all proxies. */
final class TopicFaults {
    private static final int SECONDS = 15;

    /** A little more, so that Kafka's client can say itself what it waited for. */
    private static final int ANSWER_SECONDS = 20;

    /** The other lane may have taken Kafka away, until it has started again; and who had to be killed is in its group for a while. */
    private static final Duration GROUPS = Duration.ofSeconds(60);

    private static final Duration AGAIN = Duration.ofSeconds(1);
    private static final byte[] NO_JSON = "{\"version\":".getBytes(StandardCharsets.UTF_8);
    private static final byte[] NOBODY = "chaos-nobody".getBytes(StandardCharsets.UTF_8);

    private static final String TENANT = "ce_tenant";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Fleet fleet;

    TopicFaults(Fleet fleet) {
        this.fleet = fleet;
    }

    /**
     * Appends the last event of some partition once more, spoilt. Its order is one that was told already: what is spoilt is the
     * record, and no version is lost by it. What it leaves in doubt, if anything.
     */
    Optional<DoubtedLevel> poison(String topic, Fault.Poison.Kind kind) {
        var last = lastEvent(topic);
        if (last == null) {
            throw new StackException("The topic %s has no event yet.".formatted(topic));
        }
        var value = kind == Fault.Poison.Kind.NO_JSON ? NO_JSON : last.value();
        var spoilt = new ProducerRecord<>(topic, last.partition(), last.key(), value);
        last.headers().forEach(header -> spoilt.headers().add(header));
        if (kind == Fault.Poison.Kind.WRONG_TENANT) {
            spoilt.headers().remove(TENANT).add(TENANT, NOBODY);
        }
        spoilt.headers().add(Log.POISON_HEADER, kind.name().getBytes(StandardCharsets.UTF_8));
        try (var producer = new KafkaProducer<>(
                Map.<String, Object>of(
                        ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        servers(),
                        ProducerConfig.ACKS_CONFIG,
                        "all",
                        ProducerConfig.MAX_BLOCK_MS_CONFIG,
                        1_000L * SECONDS),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            answer(producer.send(spoilt));
        }
        return kind == Fault.Poison.Kind.WRONG_TENANT ? level(last) : Optional.empty();
    }

    /** Of no other topic's events the services keep what a doubt could be noted in. */
    private static Optional<DoubtedLevel> level(ConsumerRecord<byte[], byte[]> event) {
        if (!event.topic().endsWith(Thing.STOCK) || event.value() == null) {
            return Optional.empty();
        }
        try {
            var tenant = new String(event.headers().lastHeader(TENANT).value(), StandardCharsets.UTF_8);
            var data = JSON.readTree(event.value());
            return Optional.of(new DoubtedLevel(
                    tenant,
                    data.path("sku").asText(),
                    data.path("lot").asText(null),
                    data.path("expiresOn").asText(null)));
        } catch (IOException e) {
            throw new StackException("The last event of %s is no JSON.".formatted(event.topic()), e);
        }
    }

    private @Nullable ConsumerRecord<byte[], byte[]> lastEvent(String topic) {
        try (var consumer = new KafkaConsumer<>(
                Map.<String, Object>of(
                        ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        servers(),
                        ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                        "read_committed",
                        ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                        false,
                        ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
                        1_000 * SECONDS),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            var partitions = consumer.partitionsFor(topic).stream()
                    .map(partition -> new TopicPartition(topic, partition.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            var ends = consumer.endOffsets(partitions);
            ConsumerRecord<byte[], byte[]> last = null;
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                for (var record : consumer.poll(Duration.ofMillis(100))) {
                    boolean event = record.headers().lastHeader(TENANT) != null
                            && record.headers().lastHeader(Log.POISON_HEADER) == null;
                    last = event ? record : last;
                }
            }
            return last;
        } catch (KafkaException e) {
            throw new StackException("The topic %s cannot be read: %s.".formatted(topic, Words.of(e)), e);
        }
    }

    /** For a service whose replicas stand still: the offsets of its groups, and the positions beside its own tables. */
    void backToTheBeginning(String service) {
        long end = System.nanoTime() + GROUPS.toNanos();
        while (true) {
            try {
                resetOffsets(service);
                new Database(fleet).execute("delete from %s.source_watermark".formatted(service));
                return;
            } catch (StackException | KafkaException e) {
                if (System.nanoTime() >= end) {
                    throw e;
                }
                pause();
            }
        }
    }

    private void resetOffsets(String service) {
        try (var admin = Admin.create(Map.<String, Object>of(
                "bootstrap.servers",
                servers(),
                "request.timeout.ms",
                1_000 * SECONDS,
                "default.api.timeout.ms",
                1_000 * SECONDS))) {
            for (var group : answer(admin.listGroups().all())) {
                if (group.groupId().startsWith(service + "-")) {
                    var offsets = answer(
                            admin.listConsumerGroupOffsets(group.groupId()).partitionsToOffsetAndMetadata());
                    var zero = new HashMap<TopicPartition, OffsetAndMetadata>();
                    offsets.keySet().forEach(partition -> zero.put(partition, new OffsetAndMetadata(0)));
                    answer(admin.alterConsumerGroupOffsets(group.groupId(), zero)
                            .all());
                }
            }
        }
    }

    private static void pause() {
        try {
            TimeUnit.NANOSECONDS.sleep(AGAIN.toNanos());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StackException("Interrupted.", e);
        }
    }

    private String servers() {
        return "127.0.0.1:" + fleet.port(Server.KAFKA);
    }

    private static <T> T answer(Future<T> future) {
        try {
            return future.get(ANSWER_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new StackException("Kafka does not do what the fault asks for: %s.".formatted(Words.of(e)), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StackException("Interrupted.", e);
        }
    }
}
