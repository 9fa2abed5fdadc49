package io.souk.kit.consumer;

import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.jboss.logging.Logger;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * What a member of a group has applied and which partitions are its own. Offsets are committed only after their effects, and
 * only for partitions that it still has. Used by the consumer's thread only.
 */
final class Membership implements ConsumerRebalanceListener {
    private static final Logger LOG = Logger.getLogger(Membership.class);
    private static final Duration COMMIT_WITHIN = Duration.ofSeconds(2);

    /** Heartbeats come several times a second for ever: their offsets are only worth a commit now and then. */
    private static final Duration BETWEEN_COMMITS_OF_NOTHING = Duration.ofSeconds(5);

    private final Consumer<byte[], byte[]> kafka;
    private final Map<TopicPartition, OffsetAndMetadata> applied = new HashMap<>();
    private Set<TopicPartition> atHand = Set.of();
    private boolean lostSome;
    private boolean commitAgain;
    private long committedAt = System.nanoTime();

    Membership(Consumer<byte[], byte[]> kafka) {
        this.kafka = kafka;
    }

    /** Events of these partitions are being applied from now on. */
    void begin(Set<TopicPartition> partitions) {
        atHand = partitions;
        lostSome = false;
    }

    /** Whether a partition that is being worked on went to another member. */
    boolean lostSome() {
        return lostSome;
    }

    /** All at hand is applied, up to these next offsets. Not awaited: a commit that gets lost is made good by a later one. */
    void applied(Map<TopicPartition, OffsetAndMetadata> next) {
        atHand = Set.of();
        applied.putAll(next);
        commit();
    }

    /** There was nothing to apply before these next offsets. */
    void passed(Map<TopicPartition, OffsetAndMetadata> next) {
        applied.putAll(next);
        if (System.nanoTime() - committedAt > BETWEEN_COMMITS_OF_NOTHING.toNanos()) {
            commit();
        }
    }

    /** What was at hand is not applied: forget it. */
    void abandoned() {
        atHand = Set.of();
    }

    /** Commits anew what an earlier commit failed to; to be called from time to time. */
    void retryCommit() {
        if (commitAgain) {
            commit();
        }
    }

    /** Commits what is applied, and waits for it a little. */
    void commitNow() {
        commitNow(applied.keySet());
    }

    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
        if (!atHand.isEmpty()) {
            kafka.pause(partitions);
        }
    }

    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
        commitNow(partitions);
        forget(partitions);
    }

    @Override
    public void onPartitionsLost(Collection<TopicPartition> partitions) {
        forget(partitions);
    }

    private void commit() {
        commitAgain = false;
        committedAt = System.nanoTime();
        kafka.commitAsync(Map.copyOf(applied), (_, failure) -> {
            if (failure != null) {
                commitAgain = true;
                LOG.debug("offsets were not committed and will be again", failure);
            }
        });
    }

    private void commitNow(Collection<TopicPartition> partitions) {
        var ours = new HashMap<>(applied);
        ours.keySet().retainAll(partitions);
        if (ours.isEmpty()) {
            return;
        }
        try {
            kafka.commitSync(ours, COMMIT_WITHIN);
        } catch (KafkaException failure) {
            LOG.debug("offsets were not committed: their events will be applied again", failure);
        }
    }

    private void forget(Collection<TopicPartition> partitions) {
        applied.keySet().removeAll(partitions);
        lostSome |= partitions.stream().anyMatch(atHand::contains);
    }
}
