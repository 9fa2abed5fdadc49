package io.souk.kit.consumer;

import io.smallrye.mutiny.Uni;
import io.souk.kit.event.AggregateType;

import java.util.Map;

/**
 * An index that every replica keeps for itself: a bean of this type is run by the kit with all partitions of the topic,
 * from the offsets that are stored with the index. No group, nothing is committed to Kafka.
 */
public interface TailConsumer<T> {
    /** Lower-case words with dashes; names metrics, threads and log lines. */
    String name();

    AggregateType source();

    /** The reader's own record with only the fields it uses; fields that it does not declare are ignored. */
    Class<T> stateType();

    /**
     * The next offset to read by partition, as stored with the index; a partition that is not named is read from its
     * beginning. Asked at the start, and again when the tail starts anew after a failure. Offsets that the log no longer has
     * lead to its beginning.
     *
     * @param log names this very log: it is another one when the topic was deleted and made again, or is another
     *     installation's, and then offsets and documents that were read under the old name are worth nothing
     */
    Uni<Map<Integer, Long>> startOffsets(String log);

    /**
     * Applies a bounded batch of all tenants' events, in order within a partition. The next batch comes when this one is done.
     * Failures are treated as for {@link EventConsumer#apply}; may block only on a worker thread that it moves to itself.
     * A {@link LostPlace} lets the tail begin anew.
     */
    Uni<Void> apply(TailBatch<T> batch);

    /**
     * Everything that was in the log when this process started to tail has been applied: from here on the index is fresh.
     * Called once, and once more after each {@link LostPlace}, on the same context as {@link #apply}; again after a pause while it
     * fails.
     */
    default Uni<Void> caughtUp() {
        return Uni.createFrom().voidItem();
    }
}
