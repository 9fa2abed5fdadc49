package io.souk.kit.event;

import io.smallrye.common.annotation.Identifier;
import jakarta.enterprise.context.ApplicationScoped;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * The settings of every Kafka client of a service. Where Kafka is, and how to log in there, come from {@code kafka.*}; what
 * our promises rest on stands here and wins over {@code kafka.*}; {@link KafkaPromises} holds it against what a client is made
 * with.
 */
@ApplicationScoped
public class KafkaSettings {
    /** Room for one record of the largest size, batches of all partitions and little more: it is all in one batch's flight. */
    private static final int PRODUCER_MEMORY_BYTES = 8 * 1024 * 1024;

    /** A dead letter is a record of up to 1 MiB and some headers. */
    private static final int MAX_REQUEST_BYTES = 2 * 1024 * 1024;

    private static final int PRODUCER_BATCH_BYTES = 64 * 1024;
    private static final int MAX_FETCH_BYTES = 8 * 1024 * 1024;

    private final Map<String, Object> common;

    /** @throws IllegalStateException when {@code kafka.*} asks for less than our promises need */
    KafkaSettings(@Identifier("default-kafka-broker") Map<String, Object> configured) {
        KafkaPromises.refuseWeaker(configured);
        var settings = new HashMap<>(configured);
        settings.put("reconnect.backoff.ms", 100);
        settings.put("reconnect.backoff.max.ms", 2_000); // how long after Kafka's return we may still be away
        settings.put("retry.backoff.ms", 50);
        settings.put("metric.reporters", ""); // no JMX
        settings.put("enable.metrics.push", false);
        common = Map.copyOf(settings);
    }

    public Map<String, Object> admin(String clientId) {
        var settings = new HashMap<>(common);
        settings.put(AdminClientConfig.CLIENT_ID_CONFIG, clientId);
        settings.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, 5_000);
        settings.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, 10_000);
        return settings;
    }

    /** A producer whose records are acknowledged by all replicas, once and in order. */
    public Map<String, Object> producer(String clientId) {
        var settings = new HashMap<>(common);
        settings.put(ProducerConfig.CLIENT_ID_CONFIG, clientId);
        settings.put(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class.getName());
        settings.put(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class.getName());
        settings.put(ProducerConfig.ACKS_CONFIG, "all");
        settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        settings.put(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION, 5);
        settings.put(ProducerConfig.RETRIES_CONFIG, Integer.MAX_VALUE);
        settings.put(ProducerConfig.BUFFER_MEMORY_CONFIG, PRODUCER_MEMORY_BYTES);
        settings.put(ProducerConfig.BATCH_SIZE_CONFIG, PRODUCER_BATCH_BYTES);
        settings.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, MAX_REQUEST_BYTES);
        // Any client in any language reads plain batches, and so do native images, where lz4 and snappy need more than
        // code.
        // Where disks are dearer than CPU, a topic's own compression.type makes the broker compress.
        settings.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "none");
        settings.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 5_000);
        settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 15_000);
        settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 10_000L);
        return settings;
    }

    /** A reader that sees committed records only, never commits by itself, and starts at the beginning. */
    public Map<String, Object> consumer(String clientId, int maxRecords) {
        var settings = new HashMap<>(common);
        settings.put(ConsumerConfig.CLIENT_ID_CONFIG, clientId);
        settings.put(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class.getName());
        settings.put(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class.getName());
        settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, maxRecords);
        settings.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, MAX_FETCH_BYTES);
        settings.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, 10_000);
        settings.put(ConsumerConfig.REQUEST_TIMEOUT_MS_CONFIG, 5_000);
        return settings;
    }

    /** How long an open transaction may hide what follows it from readers, when its relay died and no other takes over. */
    public static Duration transactionTimeout() {
        return Duration.ofSeconds(15);
    }
}
