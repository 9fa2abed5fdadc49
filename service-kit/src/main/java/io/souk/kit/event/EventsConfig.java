package io.souk.kit.event;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Pattern;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;

import java.time.Duration;

/** What all services of an installation agree on about their topics. */
@ConfigMapping(prefix = "souk.events")
public interface EventsConfig {
    /** The first word of every topic's name; installations that share a Kafka differ in it. */
    @WithDefault("souk")
    @Pattern(regexp = "[a-zA-Z0-9][a-zA-Z0-9._-]{0,99}")
    String topicPrefix();

    /**
     * Partitions of every topic, which are also the shards. 8 suits one machine, 64 is advised in production. Fixed for ever:
     * another number would move keys to other partitions, so a topic that has another number is refused.
     */
    @WithDefault("8")
    @Min(1)
    @Max(10_000)
    int partitions();

    /** Copies of each partition for topics that we make; -1 takes the broker's default. */
    @WithDefault("-1")
    @Min(-1)
    @Max(32)
    short replication();

    /**
     * Every version of the last hours stays in the log, for readers that were away; what is older is compacted to the last
     * one of each key. So do the heartbeats of each partition: some 5 MB an hour.
     */
    @WithDefault("4h")
    @DurationMin(millis = 0)
    @DurationMax(days = 3650)
    Duration compactionLag();

    /**
     * For how long a reader may be away and still find the null tombstones of what was purged meanwhile: counted from when
     * their partition was compacted.
     */
    @WithDefault("24h")
    @DurationMin(hours = 1)
    @DurationMax(days = 3650)
    Duration tombstoneRetention();

    /** How long dead letters are kept. */
    @WithDefault("30d")
    @DurationMin(hours = 1)
    @DurationMax(days = 3650)
    Duration deadLetterRetention();

    /** Raised by one whenever a database was restored, so that what is written afterwards wins everywhere. */
    @WithDefault("1")
    @Min(1)
    @Max(99_999)
    int epoch();
}
