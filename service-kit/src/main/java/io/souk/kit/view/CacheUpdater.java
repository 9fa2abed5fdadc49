package io.souk.kit.view;

import io.souk.kit.consumer.ReaderMetrics;
import io.souk.kit.consumer.ReaderThread;
import io.souk.kit.event.EventHealth;
import io.souk.kit.protocol.UpdaterRules;
import io.souk.kit.protocol.UpdaterStep;
import io.souk.kit.protocol.UpdaterStep.Poll;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.DisconnectException;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/**
 * Brings the cache up to date from the log (the protocol, section 5): one thread and one Kafka client for all topics of which
 * views are made. Group membership only divides the shards between replicas: where to go on stands in Redis, and two who feed
 * one shard for a while do no harm.
 */
final class CacheUpdater implements ReaderThread.Reader {
    private static final Duration LEAVE_WITHIN = Duration.ofSeconds(2);
    private static final long COMMIT_EVERY_NANOS = Duration.ofSeconds(5).toNanos();

    private final Map<String, Object> settings;
    private final UpdaterRules rules;
    private final LogFeed.Tools tools;
    private final UpdaterWork work;
    private final EventHealth health;
    private final ReaderMetrics metrics;
    private long committedAt;

    /** @param settings of its Kafka client, a member of the group of all who feed the same layout */
    CacheUpdater(
            Map<String, Object> settings,
            UpdaterRules rules,
            LogFeed.Tools tools,
            UpdaterWork work,
            EventHealth health,
            ReaderMetrics metrics) {
        this.settings = settings;
        this.rules = rules;
        this.tools = tools;
        this.work = work;
        this.health = health;
        this.metrics = metrics;
    }

    @Override
    public String part() {
        return "views";
    }

    @Override
    public void read(ReaderThread.Run run) {
        var sources = tools.kinds().sources();
        tools.topics().ensure(sources);
        var kafka = new KafkaConsumer<byte[], byte[]>(settings);
        try {
            var feed = new LogFeed(tools, work, kafka);
            kafka.subscribe(sources.stream().map(tools.topics()::of).toList(), new Shares(feed));
            while (!run.stopping()) {
                int records = feed.turn();
                tell(kafka, feed, records);
                commit(kafka, feed);
            }
        } finally {
            kafka.close(CloseOptions.timeout(LEAVE_WITHIN));
        }
    }

    /** What this replica has of the shards. */
    private final class Shares implements ConsumerRebalanceListener {
        private final LogFeed feed;

        Shares(LogFeed feed) {
            this.feed = feed;
        }

        @Override
        public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
            feed.add(partitions, () -> UpdaterStep.start(rules));
        }

        @Override
        public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
            feed.remove(partitions);
        }
    }

    private void tell(Consumer<byte[], byte[]> kafka, LogFeed feed, int records) {
        metrics.applied(records);
        metrics.lag(kafka);
        if (records == 0 && !ReaderMetrics.isConnected(kafka)) {
            health.troubled(part(), new DisconnectException("no connection to Kafka"));
        } else {
            work.tellHealth(feed.feeds());
        }
    }

    /** For displays of lag alone: nobody goes on from there. */
    private void commit(Consumer<byte[], byte[]> kafka, LogFeed feed) {
        if (System.nanoTime() - committedAt < COMMIT_EVERY_NANOS) {
            return;
        }
        committedAt = System.nanoTime();
        var offsets = new HashMap<TopicPartition, OffsetAndMetadata>();
        for (var shard : feed.feeds()) {
            if (shard.next() instanceof Poll<EntryUpdate>(var _, var position)) {
                offsets.put(shard.partition, new OffsetAndMetadata(position.offset() + 1));
            }
        }
        kafka.commitAsync(offsets, (_, _) -> {});
    }
}
