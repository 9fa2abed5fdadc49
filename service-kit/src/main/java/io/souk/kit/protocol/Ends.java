package io.souk.kit.protocol;

import java.util.Map;

/** Per partition of every topic of a service the offset that the next record will have. */
public record Ends(Map<Partition, Long> next) {
    /** A topic's partition, which is a shard. */
    public record Partition(String topic, int shard) {}

    public Ends {
        next = Map.copyOf(next);
    }
}
