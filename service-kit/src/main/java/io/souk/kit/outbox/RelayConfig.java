package io.souk.kit.outbox;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;

import java.time.Duration;

/** How events leave the outbox. */
@ConfigMapping(prefix = "souk.relay")
public interface RelayConfig {
    /** Off where something else relays the outbox, such as Debezium: then this replica never takes the lease. */
    @WithDefault("true")
    boolean enabled();

    /** Events in one Kafka transaction: enough that its fixed cost (some ms) does not count, few enough to be in memory. */
    @WithDefault("1000")
    @Min(1)
    @Max(100_000)
    int batchRows();

    /** Bytes of state in one Kafka transaction, apart from its first event. With it below the 8 MiB of the producer's memory. */
    @WithDefault("4194304")
    @Min(1)
    @Max(6_291_456)
    int batchBytes();

    /** How often an idle leader looks for events that other replicas have committed; own ones wake it at once. */
    @WithDefault("100ms")
    @DurationMin(millis = 1)
    @DurationMax(seconds = 10)
    Duration poll();

    /** How long a leader that does not answer stays leader. */
    @WithDefault("3s")
    @DurationMin(millis = 500)
    @DurationMax(minutes = 1)
    Duration lease();

    /** How often the leader renews its lease, and the others try to take it. Well below the lease. */
    @WithDefault("1s")
    @DurationMin(millis = 100)
    @DurationMax(seconds = 30)
    Duration renewal();

    /** The longest pause between attempts while the database or Kafka is away. */
    @WithDefault("2s")
    @DurationMin(millis = 100)
    @DurationMax(minutes = 5)
    Duration maxBackoff();
}
