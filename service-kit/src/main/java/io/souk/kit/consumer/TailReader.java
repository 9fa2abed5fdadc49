package io.souk.kit.consumer;

import io.souk.kit.consumer.ReaderThread.Run;
import io.souk.kit.consumer.Waiting.Abandoned;
import io.souk.kit.event.ChangeEvent;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;

/** Reads all partitions for a {@link TailConsumer}, from the offsets that it keeps itself. */
final class TailReader<T> extends KafkaReader<T> {
    private final TailConsumer<T> consumer;
    private final int partitions;

    /** Ends of the log when this process began to tail; null once all before them is applied. */
    private @Nullable Map<TopicPartition, Long> behind;

    private boolean begun;

    /** The offsets of the last batch that the index has applied. */
    private volatile Map<Integer, Long> stored = Map.of();

    TailReader(TailConsumer<T> consumer, int partitions, ReaderTools tools) {
        super(consumer.source(), consumer.stateType(), tools, tools.grave(), Duration.ZERO);
        this.consumer = consumer;
        this.partitions = partitions;
    }

    @Override
    void read(Consumer<byte[], byte[]> kafka, Run run) {
        try {
            tail(kafka, run);
        } catch (Abandoned _) {
            // The service stops; the index says where to go on.
        } catch (LostPlace lost) {
            begun = false;
            throw lost;
        }
    }

    private void tail(Consumer<byte[], byte[]> kafka, Run run) throws Abandoned {
        var topic = topics().of(consumer.source());
        var all = IntStream.range(0, partitions)
                .mapToObj(partition -> new TopicPartition(topic, partition))
                .toList();
        var waiting = waiting(kafka, run::overdue);
        kafka.assign(all);
        kafka.pause(all);
        if (!begun) {
            behind = kafka.endOffsets(all);
            begun = true;
        }
        var next = seek(kafka, all, waiting);
        kafka.resume(all);
        while (!run.stopping()) {
            tellWhenCaughtUp(kafka, waiting);
            waiting.done();
            var records = poll(kafka);
            if (!records.isEmpty()) {
                process(records, next, waiting);
            }
        }
    }

    /** Puts the client where the index ends, and returns the next offsets that the index knows. */
    private Map<Integer, Long> seek(Consumer<byte[], byte[]> kafka, List<TopicPartition> all, Waiting waiting)
            throws Abandoned {
        var found = new ConcurrentHashMap<Integer, Long>();
        var log = topics().identity(consumer.source());
        persistence.insist(
                () -> handlers()
                        .run(
                                null,
                                () -> consumer.startOffsets(log)
                                        .invoke(found::putAll)
                                        .replaceWithVoid()),
                waiting);
        found.keySet().removeIf(partition -> partition < 0 || partition >= partitions);
        for (var partition : all) {
            @Nullable Long offset = found.get(partition.partition());
            if (offset == null) {
                kafka.seekToBeginning(Set.of(partition));
            } else {
                kafka.seek(partition, offset);
            }
        }
        return found;
    }

    private void process(ConsumerRecords<byte[], byte[]> records, Map<Integer, Long> next, Waiting waiting)
            throws Abandoned {
        var decoded = decode(records);
        for (var other : decoded.others()) { // first: what is applied brings the offsets behind them along
            bury(other, waiting);
        }
        var events = decoded.events();
        var after = new HashMap<>(next);
        records.nextOffsets().forEach((partition, offset) -> after.put(partition.partition(), offset.offset()));
        if (!events.isEmpty()) {
            persistence.apply(events, some -> handle(some, some.size() == events.size() ? after : next), waiting);
        }
        if (!after.equals(stored)) { // an event among them was buried: the index would meet it again
            persistence.insist(() -> handle(List.of(), after), waiting);
        }
        next.putAll(after);
        applied(decoded);
    }

    /** Hands over some events and, with them, the offsets that follow both them and those known before. */
    private CompletableFuture<Void> handle(List<Received<T>> some, Map<Integer, Long> known) {
        some.stream()
                .map(Received::record)
                .forEach(record -> known.merge(record.partition(), record.offset() + 1, Math::max));
        var offsets = Map.copyOf(known);
        List<ChangeEvent<T>> events = some.stream().map(Received::event).toList();
        return handlers()
                .run(
                        Handlers.traceparent(some),
                        () -> consumer.apply(new TailBatch<>(events, offsets)).invoke(() -> stored = offsets));
    }

    private void tellWhenCaughtUp(Consumer<byte[], byte[]> kafka, Waiting waiting) throws Abandoned {
        var ends = behind;
        if (ends != null && ends.entrySet().stream().allMatch(end -> kafka.position(end.getKey()) >= end.getValue())) {
            persistence.insist(() -> handlers().run(null, consumer::caughtUp), waiting);
            behind = null;
        }
    }
}
