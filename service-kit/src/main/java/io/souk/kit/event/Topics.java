package io.souk.kit.event;

import jakarta.enterprise.context.ApplicationScoped;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Makes topics that are missing, and refuses those that do not keep what is promised of them.
 * Blocks: only for the threads of relay and readers.
 */
@ApplicationScoped
public class Topics {
    private static final Logger LOG = Logger.getLogger(Topics.class);
    private static final int MAX_DEAD_LETTER_BYTES = 2 * 1024 * 1024;

    /** From so many copies on two of them must have a record before it counts as written, and one may still be away. */
    static final int REPLICAS_THAT_ALLOW_TWO = 3;

    /** Only closed segments are compacted, and heartbeats fill one slowly: by size alone it would stay open for days. */
    private static final Duration SEGMENT = Duration.ofHours(1);

    private final EventsConfig config;
    private final KafkaSettings kafka;
    private final String service;
    private final Set<String> ensured = new HashSet<>();

    Topics(EventsConfig config, KafkaSettings kafka, @ConfigProperty(name = "souk.service") String service) {
        this.config = config;
        this.kafka = kafka;
        this.service = service;
    }

    /** The aggregate's topic. */
    public String of(AggregateType aggregate) {
        return aggregate.topic(config.topicPrefix());
    }

    /** Where this service's readers put what they cannot apply. */
    public String deadLetters() {
        return config.topicPrefix() + ".dlq." + service;
    }

    /**
     * Returns when the topics of the aggregates are there; at once for those that this process has seen before.
     *
     * @throws KafkaException when Kafka does not answer; may pass
     * @throws IllegalStateException when a topic does not keep what is promised of it, which only an operator can change
     */
    public void ensure(Collection<AggregateType> aggregates) {
        var compacted = Map.of(
                TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_COMPACT,
                TopicConfig.SEGMENT_MS_CONFIG, millis(SEGMENT),
                TopicConfig.MIN_COMPACTION_LAG_MS_CONFIG, millis(config.compactionLag()),
                TopicConfig.DELETE_RETENTION_MS_CONFIG, millis(config.tombstoneRetention()));
        ensureAll(
                aggregates.stream()
                        .map(aggregate -> topic(of(aggregate), compacted))
                        .toList(),
                (topic, settings) -> promises().broken(topic, settings));
    }

    /** Like {@link #ensure}, for the dead letters. */
    public void ensureDeadLetters() {
        var kept = Map.of(
                TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_DELETE,
                TopicConfig.RETENTION_MS_CONFIG, millis(config.deadLetterRetention()),
                TopicConfig.MAX_MESSAGE_BYTES_CONFIG, Integer.toString(MAX_DEAD_LETTER_BYTES));
        ensureAll(List.of(topic(deadLetters(), kept)), (topic, _) -> promises().otherPartitions(topic));
    }

    /**
     * Names the very log that the aggregate's topic is now: its name, and the id that Kafka gave it when it was made.
     *
     * @throws KafkaException when Kafka does not answer; may pass
     */
    public String identity(AggregateType aggregate) {
        return Objects.requireNonNull(identities(List.of(aggregate)).get(aggregate));
    }

    /** As {@link #identity}, of each of them. */
    public Map<AggregateType, String> identities(Collection<AggregateType> aggregates) {
        try (var admin = Admin.create(kafka.admin(service + "-topics"))) {
            return aggregates.stream()
                    .collect(Collectors.toMap(Function.identity(), aggregate -> identity(admin, of(aggregate))));
        }
    }

    private static String identity(Admin admin, String topic) {
        return topic + "/" + describe(admin, topic).topicId();
    }

    private NewTopic topic(String name, Map<String, String> settings) {
        Optional<Short> replication = config.replication() < 0 ? Optional.empty() : Optional.of(config.replication());
        var all = new HashMap<>(settings);
        if (config.replication() >= REPLICAS_THAT_ALLOW_TWO) {
            all.put(TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG, "2");
        }
        return new NewTopic(name, Optional.of(config.partitions()), replication).configs(all);
    }

    private synchronized void ensureAll(
            Collection<NewTopic> topics, BiFunction<TopicDescription, Config, Optional<String>> broken) {
        var missing =
                topics.stream().filter(topic -> !ensured.contains(topic.name())).toList();
        if (missing.isEmpty()) {
            return;
        }
        try (var admin = Admin.create(kafka.admin(service + "-topics"))) {
            for (var topic : missing) {
                var found = find(admin, topic.name());
                if (found != null) {
                    check(admin, found, broken);
                } else if (!create(admin, topic)) {
                    check(admin, describe(admin, topic.name()), broken);
                }
                ensured.add(topic.name());
            }
        }
    }

    private static @Nullable TopicDescription find(Admin admin, String topic) {
        try {
            return describe(admin, topic);
        } catch (UnknownTopicOrPartitionException _) {
            return null;
        }
    }

    private static void check(
            Admin admin, TopicDescription topic, BiFunction<TopicDescription, Config, Optional<String>> broken) {
        broken.apply(topic, settings(admin, topic.name())).ifPresent(what -> {
            throw new IllegalStateException("topic %s %s".formatted(topic.name(), what));
        });
    }

    private TopicPromises promises() {
        return new TopicPromises(config.partitions(), config.compactionLag(), config.tombstoneRetention());
    }

    private static Config settings(Admin admin, String topic) {
        var resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        return answer(Objects.requireNonNull(
                admin.describeConfigs(List.of(resource)).values().get(resource)));
    }

    private static TopicDescription describe(Admin admin, String topic) {
        var found = admin.describeTopics(List.of(topic)).topicNameValues().get(topic);
        return answer(Objects.requireNonNull(found));
    }

    /** False when another service was faster. */
    private static boolean create(Admin admin, NewTopic topic) {
        try {
            answer(admin.createTopics(List.of(topic)).all());
            LOG.infof("made topic %s", topic.name());
            return true;
        } catch (TopicExistsException _) {
            return false;
        }
    }

    private static <T> T answer(Future<T> future) {
        try {
            return future.get();
        } catch (ExecutionException failure) {
            if (failure.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new KafkaException(failure.getCause());
        } catch (InterruptedException failure) {
            Thread.currentThread().interrupt();
            throw new KafkaException(failure);
        }
    }

    private static String millis(Duration duration) {
        return Long.toString(duration.toMillis());
    }
}
