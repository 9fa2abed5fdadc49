package io.souk.kit.view;

import io.souk.kit.protocol.Generation;
import io.souk.kit.protocol.UpdaterStep;
import io.souk.kit.time.Backoff;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/** Where the updater of one topic's shard stands. Used by its thread only. */
final class ShardFeed {
    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
    private static final long UNKNOWN = Long.MIN_VALUE;

    final TopicPartition partition;

    /** The place of its topic's aggregate in {@link ViewKinds#sources}. */
    final int source;

    private final Backoff backoff;
    private UpdaterStep<EntryUpdate> next;
    private long resumeAt;

    /** What Kafka gives next lies behind this offset. */
    private long readTo = UNKNOWN;

    /** Where Redis stood when it last answered to records. */
    private @Nullable Generation appliedIn;

    private long appliedTo;

    /** What {@link #next} was made of: a record that is buried is needed as it came. */
    private List<ConsumerRecord<byte[], byte[]>> polled = List.of();

    ShardFeed(TopicPartition partition, int source, UpdaterStep<EntryUpdate> first, Duration maxPause) {
        this.partition = partition;
        this.source = source;
        this.next = first;
        this.backoff = new Backoff(FIRST_PAUSE, maxPause, ThreadLocalRandom.current()::nextDouble);
    }

    int shard() {
        return partition.partition();
    }

    UpdaterStep<EntryUpdate> next() {
        return next;
    }

    void go(UpdaterStep<EntryUpdate> then) {
        if (then instanceof UpdaterStep.Pause<?> && !(next instanceof UpdaterStep.Pause<?>)) {
            resumeAt = System.nanoTime() + backoff.next().toNanos();
        } else if (then instanceof UpdaterStep.Poll<EntryUpdate>(var following, var position)
                && next instanceof UpdaterStep.Apply<?>) {
            backoff.reset();
            appliedIn = following.generation();
            appliedTo = position.offset();
        }
        next = then;
    }

    /** Whether Redis stands elsewhere than where this has left it: it lost writes, or another was here. */
    boolean isElsewhere(Generation generation, long offset) {
        return generation.equals(appliedIn) && appliedTo != offset;
    }

    boolean isPauseOver() {
        return System.nanoTime() - resumeAt >= 0;
    }

    /** Kafka has given these, whether they are used or not. */
    void polled(List<ConsumerRecord<byte[], byte[]>> records) {
        polled = records;
        readTo = records.getLast().offset();
    }

    List<ConsumerRecord<byte[], byte[]>> polled() {
        return polled;
    }

    /** Whether what Kafka gives next follows the position. */
    boolean isAt(long offset) {
        return readTo == offset;
    }

    void seeked(long offset) {
        readTo = offset;
    }

    /** Nobody knows what Kafka gives next. */
    void lost() {
        readTo = UNKNOWN;
    }
}
