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
    /** Off where something else relays the outbox, such as Debezium: then this replica never takes a lease. */
    @WithDefault("true")
    boolean enabled();

    /** Events of a shard in one Kafka transaction: enough that its fixed cost (some ms) does not count. */
    @WithDefault("1000")
    @Min(1)
    @Max(100_000)
    int batchRows();

    /**
     * Bytes of state in one Kafka transaction, apart from its first event. Each shard that has something to send holds so much in
     * memory: 64 of them on one replica 64 MiB.
     */
    @WithDefault("1048576")
    @Min(1)
    @Max(6_291_456)
    int batchBytes();

    /**
     * How often a replica looks for events that other replicas have committed in the shards that it leads, by one statement for
     * all of them; own ones wake a shard at once. Shorter than the time between heartbeats.
     */
    @WithDefault("80ms")
    @DurationMin(millis = 1)
    @DurationMax(millis = 200)
    Duration poll();

    /**
     * How far apart a shard's batches are read while many write to it, so that their events share Kafka transactions. Where few
     * write, what they commit is read at once.
     */
    @WithDefault("40ms")
    @DurationMin(millis = 0)
    @DurationMax(millis = 100)
    Duration crowdWindow();

    /**
     * How far apart the heartbeats of a shard are, at most. An eighth of the bound of 2 s on the age of what is cached: with
     * more, entries are doubted that are fresh; with less, the topics grow for nothing.
     */
    @WithDefault("250ms")
    @DurationMin(millis = 50)
    @DurationMax(millis = 250)
    Duration heartbeat();

    /** How long a leader that does not answer stays leader. */
    @WithDefault("3s")
    @DurationMin(millis = 500)
    @DurationMax(minutes = 1)
    Duration lease();

    /** How often a leader renews its leases, and replicas look for shards that nobody leads. Well below the lease. */
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
