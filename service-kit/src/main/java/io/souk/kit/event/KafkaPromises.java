package io.souk.kit.event;

import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;

import java.util.Map;
import java.util.Set;

import static org.apache.kafka.clients.producer.ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION;

/**
 * That no event is lost or reordered rests on these settings. Who makes a Kafka client for events passes its settings through
 * here last, so that neither an operator nor a later edit weakens them silently.
 */
public final class KafkaPromises {
    /** More, and an idempotent producer may change the order when it repeats. */
    private static final int MAX_IN_FLIGHT = 5;

    /** What {@code kafka.*} may say of these, if it says anything; our own settings win. */
    private static final Map<String, Set<String>> CONFIGURABLE = Map.of(
            ProducerConfig.ACKS_CONFIG,
            Set.of("all", "-1"),
            ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG,
            Set.of("true"),
            ProducerConfig.RETRIES_CONFIG,
            Set.of(Integer.toString(Integer.MAX_VALUE)),
            MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION,
            Set.of("1", "2", "3", "4", "5"),
            ProducerConfig.TRANSACTIONAL_ID_CONFIG,
            Set.of(),
            ProducerConfig.TRANSACTION_TIMEOUT_CONFIG,
            Set.of(),
            ConsumerConfig.ISOLATION_LEVEL_CONFIG,
            Set.of("read_committed"),
            ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
            Set.of("false"));

    private KafkaPromises() {}

    /** @throws IllegalStateException when an operator asks for less: he is told, instead of being passed over */
    static void refuseWeaker(Map<String, Object> configured) {
        CONFIGURABLE.forEach((name, values) -> {
            var value = configured.get(name);
            require(
                    value == null || values.contains(value.toString()),
                    "kafka.%s=%s would weaken what events rest on; leave it out".formatted(name, value));
        });
    }

    /**
     * Settings of a producer without transactions that is acknowledged by all, once and in order; nothing can be added.
     *
     * @throws IllegalStateException when they are weaker
     */
    public static Map<String, Object> ofProducer(Map<String, Object> settings) {
        var effective = idempotent(settings);
        require(
                effective.getString(ProducerConfig.TRANSACTIONAL_ID_CONFIG) == null,
                "a producer that begins no transactions has no transactional id");
        return Map.copyOf(settings);
    }

    /** The same of a producer with transactions, which also names whom it fences and gives up soon enough. */
    public static Map<String, Object> ofTransactions(Map<String, Object> settings) {
        var effective = idempotent(settings);
        require(
                effective.getString(ProducerConfig.TRANSACTIONAL_ID_CONFIG) != null,
                "a producer of transactions has a transactional id");
        require(
                effective.getInt(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG)
                        <= KafkaSettings.transactionTimeout().toMillis(),
                "an open transaction must not hide what follows it for longer");
        return Map.copyOf(settings);
    }

    /**
     * Settings of a reader that sees committed records only and never commits by itself; nothing can be added.
     *
     * @throws IllegalStateException when they are weaker
     */
    public static Map<String, Object> ofConsumer(Map<String, Object> settings) {
        var effective = new ConsumerConfig(settings);
        require(
                "read_committed".equals(effective.getString(ConsumerConfig.ISOLATION_LEVEL_CONFIG)),
                "a reader of events sees committed ones only");
        require(
                !effective.getBoolean(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG),
                "a reader of events commits what is applied, and nothing by itself");
        return Map.copyOf(settings);
    }

    private static ProducerConfig idempotent(Map<String, Object> settings) {
        var effective = new ProducerConfig(settings);
        require(
                "-1".equals(effective.getString(ProducerConfig.ACKS_CONFIG)),
                "a producer of events is acknowledged by all");
        require(
                effective.getBoolean(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG)
                        && effective.getInt(ProducerConfig.RETRIES_CONFIG) == Integer.MAX_VALUE,
                "a producer of events is idempotent and tries until its time is over");
        require(
                effective.getInt(MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION) <= MAX_IN_FLIGHT,
                "a producer of events keeps their order");
        return effective;
    }

    private static void require(boolean kept, String promise) {
        if (!kept) {
            throw new IllegalStateException(promise);
        }
    }
}
