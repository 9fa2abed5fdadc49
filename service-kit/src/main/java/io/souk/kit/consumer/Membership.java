package io.souk.kit.consumer;

import io.souk.kit.event.Heartbeats;
import io.souk.kit.protocol.LogRecord;
import io.souk.kit.protocol.Logged;
import io.souk.kit.protocol.Position;
import io.souk.kit.protocol.SourceStep;
import io.souk.kit.protocol.SourceStep.Apply;
import io.souk.kit.protocol.SourceStep.FindPosition;
import io.souk.kit.protocol.SourceStep.Poll;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.jboss.logging.Logger;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A member of a group: which partitions of the topic are its own, and the {@link SourceStep} of each. A partition stays paused
 * until its position is found in the own database; the group's offsets are for displays only. Used by the consumer's thread
 * only.
 */
final class Membership implements ConsumerRebalanceListener {
    private static final Logger LOG = Logger.getLogger(Membership.class);
    private static final Duration COMMIT_WITHIN = Duration.ofSeconds(2);
    private static final Duration BETWEEN_COMMITS = Duration.ofSeconds(1);

    private final Consumer<byte[], byte[]> kafka;
    private final Map<TopicPartition, SourceStep<Long>> steps = new HashMap<>();

    /** What was polled, applied or not, and the position has not moved behind yet; by partition. Of a change its offset alone. */
    private final Map<TopicPartition, List<Logged<Long>>> atHand = new HashMap<>();

    /** The partitions of what was polled last. */
    private Set<TopicPartition> polled = Set.of();

    private final Map<TopicPartition, OffsetAndMetadata> shown = new HashMap<>();
    private long shownAt = System.nanoTime();
    private boolean lostSome;

    Membership(Consumer<byte[], byte[]> kafka) {
        this.kafka = kafka;
    }

    /** Whether the position of every partition is known. */
    boolean isPlaced() {
        return steps.values().stream().noneMatch(FindPosition.class::isInstance);
    }

    /** Goes on from the positions, by shard, where a position was looked for; from the beginning where there is none. */
    void found(Map<Integer, Position> positions) {
        steps.replaceAll((partition, step) -> {
            if (!(step instanceof FindPosition<Long> find)) {
                return step;
            }
            var position = positions.getOrDefault(partition.partition(), Position.START);
            kafka.seek(partition, position.offset() + 1);
            kafka.resume(Set.of(partition));
            return find.found(position);
        });
    }

    /** These are at hand from now on, besides what was. */
    void polled(ConsumerRecords<byte[], byte[]> records) {
        lostSome = false;
        polled = records.partitions();
        for (var record : records) {
            var partition = new TopicPartition(record.topic(), record.partition());
            atHand.computeIfAbsent(partition, _ -> new ArrayList<>()).add(new Logged<>(record.offset(), said(record)));
        }
    }

    /** How many records are at hand. */
    int atHand() {
        return atHand.values().stream().mapToInt(List::size).sum();
    }

    /** Whether a partition of what was polled last went to another member: it may not be applied yet. */
    boolean lostSome() {
        return lostSome;
    }

    /** What is at hand, as the steps by shard that apply it. */
    Map<Integer, Apply<Long>> toApply() {
        var toApply = new HashMap<Integer, Apply<Long>>();
        atHand.forEach((partition, logged) -> {
            if (steps.get(partition) instanceof Poll<Long> poll && poll.polled(logged) instanceof Apply<Long> apply) {
                toApply.put(partition.partition(), apply);
            }
        });
        return toApply;
    }

    /** What was at hand is applied, and these shards' positions have moved behind it. The others were elsewhere. */
    void applied(Map<Integer, Apply<Long>> applied, Set<Integer> moved) {
        steps.replaceAll((partition, step) -> {
            var apply = applied.get(partition.partition());
            if (apply == null) {
                return step;
            }
            if (!moved.contains(partition.partition())) {
                kafka.pause(Set.of(partition));
                return apply.notCommitted();
            }
            shown.put(partition, new OffsetAndMetadata(apply.reached().offset() + 1));
            return apply.committed();
        });
        atHand.clear();
        showNowAndThen();
    }

    /** What was at hand is not applied: its partitions, where they are still ours, go on from where the database says. */
    void abandoned() {
        for (var partition : atHand.keySet()) {
            if (steps.containsKey(partition)) {
                begin(partition);
            }
        }
        atHand.clear();
    }

    /** Commits for displays what is applied, and waits for it a little. */
    void show() {
        show(shown.keySet());
    }

    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
        partitions.forEach(this::begin);
    }

    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
        show(partitions);
        forget(partitions);
    }

    @Override
    public void onPartitionsLost(Collection<TopicPartition> partitions) {
        forget(partitions);
    }

    private void begin(TopicPartition partition) {
        kafka.pause(Set.of(partition));
        steps.put(partition, SourceStep.start());
    }

    private void forget(Collection<TopicPartition> partitions) {
        for (var partition : partitions) {
            steps.remove(partition);
            shown.remove(partition);
            atHand.remove(partition);
            lostSome |= polled.contains(partition);
        }
    }

    /** Heartbeats come several times a second for ever. A commit that gets lost is made good by a later one. */
    private void showNowAndThen() {
        if (System.nanoTime() - shownAt > BETWEEN_COMMITS.toNanos()) {
            shownAt = System.nanoTime();
            kafka.commitAsync(Map.copyOf(shown), (_, failure) -> {
                if (failure != null) {
                    LOG.debug("offsets were not committed and will be again", failure);
                }
            });
        }
    }

    private void show(Collection<TopicPartition> partitions) {
        var ours = new HashMap<>(shown);
        ours.keySet().retainAll(partitions);
        if (ours.isEmpty()) {
            return;
        }
        try {
            kafka.commitSync(ours, COMMIT_WITHIN);
        } catch (KafkaException failure) {
            LOG.debug("offsets were not committed", failure);
        }
    }

    /** What is no event is for the reader to find out. */
    private static LogRecord<Long> said(ConsumerRecord<byte[], byte[]> record) {
        return Heartbeats.isHeartbeat(record)
                ? new LogRecord.Heartbeat<>(Heartbeats.said(record))
                : new LogRecord.Change<>(record.offset());
    }
}
