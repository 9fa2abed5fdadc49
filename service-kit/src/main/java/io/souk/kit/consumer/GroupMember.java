package io.souk.kit.consumer;

import io.quarkus.runtime.annotations.RegisterForReflection;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;

import java.util.List;
import java.util.Map;

/** The settings by which a client shares a topic's partitions with others. */
@RegisterForReflection(targets = CooperativeStickyAssignor.class) // Quarkus knows the older assignors only
public final class GroupMember {
    /** A member that died gives its partitions up after this: the least that brokers allow by default. */
    private static final int SESSION_MILLIS = 6_000;

    private static final int HEARTBEAT_MILLIS = 2_000;

    /** How long a rebalance waits for a member; ours look at least ten times a second, however long they work. */
    private static final int MAX_POLL_INTERVAL_MILLIS = 30_000;

    private GroupMember() {}

    /** Adds to a client's settings what makes it a member of the group. */
    public static void join(Map<String, Object> settings, String group) {
        settings.put(ConsumerConfig.GROUP_ID_CONFIG, group);
        settings.put(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, SESSION_MILLIS);
        settings.put(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, HEARTBEAT_MILLIS);
        settings.put(ConsumerConfig.MAX_POLL_INTERVAL_MS_CONFIG, MAX_POLL_INTERVAL_MILLIS);
        settings.put(
                ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG,
                List.of(CooperativeStickyAssignor.class.getName()));
    }
}
