package io.souk.kit.event;

import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.config.TopicConfig;

import java.time.Duration;
import java.util.Optional;

/**
 * Whether a topic that was made by somebody else, or long ago, keeps what this service promises of it: replay from the
 * beginning, every version within the compaction lag, tombstones for as long as readers count on, and no acknowledged event
 * that one broker's death takes away.
 */
record TopicPromises(int partitions, Duration compactionLag, Duration tombstoneRetention) {
    /** What is not kept, in words for an operator; empty when all is. */
    Optional<String> broken(TopicDescription topic, Config settings) {
        return otherPartitions(topic)
                .or(() -> forgets(settings))
                .or(() -> atLeast(
                        settings,
                        TopicConfig.MIN_COMPACTION_LAG_MS_CONFIG,
                        compactionLag,
                        "souk.events.compaction-lag"))
                .or(() -> atLeast(
                        settings,
                        TopicConfig.DELETE_RETENTION_MS_CONFIG,
                        tombstoneRetention,
                        "souk.events.tombstone-retention"))
                .or(() -> survivesABroker(topic, settings));
    }

    /** The number of partitions alone, which every topic shares. */
    Optional<String> otherPartitions(TopicDescription topic) {
        int found = topic.partitions().size();
        return found == partitions
                ? Optional.empty()
                : Optional.of("has %d partitions, but souk.events.partitions is %d".formatted(found, partitions));
    }

    private static Optional<String> forgets(Config settings) {
        var policy = value(settings, TopicConfig.CLEANUP_POLICY_CONFIG);
        return policy.equals(TopicConfig.CLEANUP_POLICY_COMPACT)
                ? Optional.empty()
                : Optional.of("has the cleanup.policy %s, but only compact keeps the last event of every key"
                        .formatted(policy));
    }

    private static Optional<String> atLeast(Config settings, String name, Duration least, String property) {
        long millis = Long.parseLong(value(settings, name));
        return millis >= least.toMillis()
                ? Optional.empty()
                : Optional.of("has the %s %d, but %s is %d ms".formatted(name, millis, property, least.toMillis()));
    }

    /** With two copies of which both must answer, the loss of one would stop all writes: that is left to who runs it. */
    private static Optional<String> survivesABroker(TopicDescription topic, Config settings) {
        int replicas = topic.partitions().getFirst().replicas().size();
        int inSync = Integer.parseInt(value(settings, TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG));
        return replicas < Topics.REPLICAS_THAT_ALLOW_TWO || inSync >= 2
                ? Optional.empty()
                : Optional.of("has %d replicas and the min.insync.replicas 1, so one broker's death may lose events"
                        .formatted(replicas));
    }

    private static String value(Config settings, String name) {
        return settings.get(name).value();
    }
}
