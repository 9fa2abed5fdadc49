package io.souk.kit.outbox;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

import java.time.Duration;

/** How events leave the outbox. */
@ConfigMapping(prefix = "souk.relay")
public interface RelayConfig {
    /** Off where something else relays the outbox, such as Debezium: then this replica never takes the lease. */
    @WithDefault("true")
    boolean enabled();

    /** Events in one Kafka transaction: enough that its fixed cost (some ms) does not count, few enough to be in memory. */
    @WithDefault("1000")
    int batchRows();

    /** Bytes of state in one Kafka transaction, apart from its first event. Below the producer's memory. */
    @WithDefault("4194304")
    int batchBytes();

    /** How often an idle leader looks for events that other replicas have committed; own ones wake it at once. */
    @WithDefault("100ms")
    Duration poll();

    /** How long a leader that does not answer stays leader. */
    @WithDefault("3s")
    Duration lease();

    /** How often the leader renews its lease, and the others try to take it. Well below the lease. */
    @WithDefault("1s")
    Duration renewal();

    /** The longest pause between attempts while the database or Kafka is away. */
    @WithDefault("2s")
    Duration maxBackoff();
}
