package io.souk.kit.event;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

import java.time.Duration;

/** What all services of an installation agree on about their topics. */
@ConfigMapping(prefix = "souk.events")
public interface EventsConfig {
    /** The first word of every topic's name; installations that share a Kafka differ in it. */
    @WithDefault("souk")
    String topicPrefix();

    /**
     * Partitions of every topic, which are also the shards. 8 suits one machine, 64 is advised in production. Fixed for ever:
     * another number would move keys to other partitions, so a topic that has another number is refused.
     */
    @WithDefault("8")
    int partitions();

    /** Copies of each partition for topics that we make; -1 takes the broker's default. */
    @WithDefault("-1")
    short replication();

    /**
     * Every version of the last hours stays in the log, for readers that were away; what is older is compacted to the last
     * one of each key.
     */
    @WithDefault("24h")
    Duration compactionLag();

    /** How long dead letters are kept. */
    @WithDefault("30d")
    Duration deadLetterRetention();

    /** Raised by one whenever a database was restored, so that what is written afterwards wins everywhere. */
    @WithDefault("1")
    int epoch();
}
