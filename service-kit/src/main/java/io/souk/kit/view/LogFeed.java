package io.souk.kit.view;

import io.souk.kit.event.Topics;
import io.souk.kit.protocol.Logged;
import io.souk.kit.protocol.Position;
import io.souk.kit.protocol.UpdaterStep;
import io.souk.kit.protocol.UpdaterStep.Poll;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.TopicPartition;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Feeds shards of topics from one Kafka client into the cache, an {@link UpdaterStep} for each of them: Kafka is read where a
 * step waits for records, from its position on, and nowhere else. For one thread, which it blocks for one poll at a time.
 */
final class LogFeed {
    private static final long NANOS_PER_MICRO = 1_000;

    /** What feeds have in common. */
    record Tools(ViewKinds kinds, EntryMaker maker, ViewClock clock, Topics topics, Duration poll, Duration maxPause) {}

    private final Tools tools;
    private final UpdaterWork work;
    private final Consumer<byte[], byte[]> kafka;
    private final Map<TopicPartition, ShardFeed> feeds = new HashMap<>();

    LogFeed(Tools tools, UpdaterWork work, Consumer<byte[], byte[]> kafka) {
        this.tools = tools;
        this.work = work;
        this.kafka = kafka;
    }

    /** Partitions that the client has been given. */
    void add(Collection<TopicPartition> partitions, Supplier<UpdaterStep<EntryUpdate>> first) {
        var names = tools.kinds().sources().stream().map(tools.topics()::of).toList();
        for (var partition : partitions) {
            int source = names.indexOf(partition.topic());
            feeds.put(partition, new ShardFeed(partition, source, first.get(), tools.maxPause()));
        }
        kafka.pause(partitions);
        partitions.forEach(partition -> kafka.seek(partition, 0)); // somewhere, until the position in Redis is known
    }

    void remove(Collection<TopicPartition> partitions) {
        feeds.keySet().removeAll(partitions);
    }

    Collection<ShardFeed> feeds() {
        return feeds.values();
    }

    /** One poll, and all that follows from it; how many records it gave. */
    int turn() {
        long soon = tools.clock().nowMicros() + tools.poll().toNanos() / NANOS_PER_MICRO;
        for (var feed : feeds.values()) {
            if (feed.next() instanceof Poll<EntryUpdate> step) {
                feed.go(step.polled(List.of(), soon)); // looks now rather than in the middle of the records
            }
        }
        work.run(kafka, feeds.values());
        feeds.values().forEach(this::align);
        var records = poll();
        long now = tools.clock().nowMicros();
        for (var partition : records.partitions()) {
            var feed = feeds.get(partition);
            if (feed != null) {
                feed(feed, records.records(partition), now);
            }
        }
        work.run(kafka, feeds.values());
        return records.count();
    }

    private ConsumerRecords<byte[], byte[]> poll() {
        try {
            return kafka.poll(tools.poll());
        } catch (OffsetOutOfRangeException lost) {
            for (var partition : lost.partitions()) {
                var feed = feeds.get(partition);
                if (feed != null && feed.next() instanceof Poll<EntryUpdate> step) {
                    feed.go(step.outOfRange());
                    feed.lost();
                }
                kafka.seekToBeginning(Set.of(partition));
            }
            return ConsumerRecords.empty();
        }
    }

    private void feed(ShardFeed feed, List<ConsumerRecord<byte[], byte[]>> records, long now) {
        feed.polled(records);
        if (!(feed.next() instanceof Poll<EntryUpdate> step)) {
            return;
        }
        if (records.getFirst().offset() <= step.position().offset()) {
            feed.lost(); // a seek was undone by whatever: what is applied must never go back
        } else {
            var source = tools.kinds().sources().get(feed.source);
            List<Logged<EntryUpdate>> logged = records.stream()
                    .map(record -> tools.maker().read(source, record))
                    .toList();
            feed.go(step.polled(logged, now));
        }
    }

    /** Only what is to be applied next is read. */
    private void align(ShardFeed feed) {
        var one = Set.of(feed.partition);
        if (!(feed.next() instanceof Poll<EntryUpdate>(var _, var position))) {
            kafka.pause(one);
            return;
        }
        if (!feed.isAt(position.offset())) {
            if (position.offset() == Position.BEFORE_START) {
                kafka.seekToBeginning(one);
            } else {
                kafka.seek(feed.partition, position.offset() + 1);
            }
            feed.seeked(position.offset());
        }
        kafka.resume(one);
    }
}
