package io.souk.kit.changes;

import org.apache.kafka.common.TopicPartition;

import java.util.Arrays;

/** The next offset to read of each partition of each topic. Not shared while it changes. */
final class Positions {
    private final FeedTopics topics;
    private final long[][] next;

    private Positions(FeedTopics topics, long[][] next) {
        this.topics = topics;
        this.next = next;
    }

    /** The beginning of the log. */
    static Positions start(FeedTopics topics) {
        return new Positions(topics, new long[topics.names().size()][topics.partitions()]);
    }

    Positions copy() {
        return new Positions(topics, Arrays.stream(next).map(long[]::clone).toArray(long[][]::new));
    }

    FeedTopics topics() {
        return topics;
    }

    long get(int topic, int partition) {
        return next[topic][partition];
    }

    void set(int topic, int partition, long offset) {
        next[topic][partition] = offset;
    }

    long get(TopicPartition partition) {
        return get(topics.indexOf(partition.topic()), partition.partition());
    }

    void set(TopicPartition partition, long offset) {
        set(topics.indexOf(partition.topic()), partition.partition(), offset);
    }

    void set(int topic, long[] offsets) {
        next[topic] = offsets.clone();
    }

    long[] of(int topic) {
        return next[topic].clone();
    }

    /** Moves on to wherever the others are further. */
    void atLeast(Positions others) {
        for (int topic = 0; topic < next.length; topic++) {
            for (int partition = 0; partition < next[topic].length; partition++) {
                next[topic][partition] = Math.max(next[topic][partition], others.next[topic][partition]);
            }
        }
    }

    /** Whether none of the wanted topics has a partition that stands before the others' place in it. */
    boolean reach(Positions others, Wanted wanted) {
        return wanted.topics().stream().allMatch(topic -> {
            for (int partition = 0; partition < next[topic].length; partition++) {
                if (next[topic][partition] < others.next[topic][partition]) {
                    return false;
                }
            }
            return true;
        });
    }
}
