package io.souk.kit.retelling;

import io.smallrye.mutiny.Uni;
import io.souk.kit.context.OwnContext;
import io.souk.kit.event.AggregateType;
import io.souk.kit.event.ChangeKind;
import io.souk.kit.event.EventKey;
import io.souk.kit.event.EventRecords;
import io.souk.kit.event.EventsConfig;
import io.souk.kit.event.KafkaPromises;
import io.souk.kit.event.KafkaSettings;
import io.souk.kit.event.MalformedEvent;
import io.souk.kit.event.Topics;
import io.souk.kit.problem.Problems;
import io.souk.kit.stop.Background;
import jakarta.enterprise.context.ApplicationScoped;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.eclipse.microprofile.config.inject.ConfigProperty;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/** Reads the service's own topics a stretch at a time, on a thread of its own. */
@ApplicationScoped
class OwnLog implements Background {
    /** Of one stretch: what is looked at, so that its keys are one statement's; and how long, since a transaction waits. */
    private static final int MAX_RECORDS = 5_000;

    private static final Duration MAX_TIME = Duration.ofSeconds(2);
    private static final Duration POLL = Duration.ofMillis(100);
    private static final int POLL_RECORDS = 1_000;

    private final Topics topics;
    private final int shards;
    private final Map<String, Object> adminSettings;
    private final Map<String, Object> settings;
    private final ThreadPoolExecutor thread;

    OwnLog(
            @ConfigProperty(name = "souk.service") String service,
            EventsConfig events,
            Topics topics,
            KafkaSettings kafka) {
        this.topics = topics;
        shards = events.partitions();
        adminSettings = kafka.admin(service + "-retelling");
        var settings = kafka.consumer(service + "-retelling", POLL_RECORDS);
        settings.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, 2 * 1024 * 1024);
        this.settings = KafkaPromises.ofConsumer(settings);
        thread = new ThreadPoolExecutor(
                1,
                1,
                1,
                TimeUnit.MINUTES,
                new LinkedBlockingQueue<>(16),
                Thread.ofPlatform().daemon().name("souk-retelling").factory());
        thread.allowCoreThreadTimeOut(true);
    }

    /**
     * Some of a partition.
     *
     * @param last what it says last of each aggregate in it
     * @param next the offset to go on at
     * @param records events in it
     */
    record Piece(Map<EventKey, LastTold> last, long next, long records) {}

    /**
     * Where each partition of each topic ends, by aggregate: behind all records, those of transactions too that are still open, since
     * they may yet be committed.
     */
    Uni<Map<String, List<Long>>> ends(Collection<AggregateType> aggregates) {
        return onThread(() -> {
            topics.ensure(aggregates);
            var ends = new TreeMap<String, List<Long>>();
            try (var admin = Admin.create(adminSettings)) {
                for (var aggregate : aggregates) {
                    ends.put(aggregate.name(), ends(admin, topics.of(aggregate)));
                }
            }
            return ends;
        });
    }

    /** What is committed from an offset on and before the end, up to a bound; nothing while Kafka is away or a transaction is open there. */
    Uni<Piece> read(AggregateType aggregate, int shard, long from, long end) {
        return onThread(() -> {
            var partition = new TopicPartition(topics.of(aggregate), shard);
            var kafka = new KafkaConsumer<byte[], byte[]>(settings);
            try {
                kafka.assign(List.of(partition));
                kafka.seek(partition, from); // where the log begins later by now, it is read from there
                return read(kafka, aggregate, partition, from, end);
            } finally {
                kafka.close(CloseOptions.timeout(Duration.ZERO));
            }
        });
    }

    private static Piece read(
            Consumer<byte[], byte[]> kafka, AggregateType aggregate, TopicPartition partition, long from, long end) {
        var last = new HashMap<EventKey, LastTold>();
        long deadline = System.nanoTime() + MAX_TIME.toNanos();
        long next = from;
        long records = 0;
        int looked = 0;
        while (next < end && looked < MAX_RECORDS && System.nanoTime() - deadline < 0) {
            for (var record : kafka.poll(POLL)) {
                looked++;
                var key = EventRecords.findKey(record);
                var order = key == null ? null : EventRecords.findOrder(aggregate, record);
                if (key != null && order != null) { // a heartbeat is neither
                    last.merge(key, new LastTold(order, isDeleted(aggregate, record)), LastTold::or);
                    records++;
                }
            }
            next = Math.max(next, kafka.position(partition)); // behind what is no event, and what was compacted
        }
        return new Piece(last, next, records);
    }

    private static boolean isDeleted(AggregateType aggregate, ConsumerRecord<byte[], byte[]> record) {
        try {
            return EventRecords.kind(aggregate, record) == ChangeKind.DELETED;
        } catch (MalformedEvent _) {
            return false; // so it is told to be deleted, if its row is gone
        }
    }

    private List<Long> ends(Admin admin, String topic) {
        var partitions = IntStream.range(0, shards)
                .mapToObj(shard -> new TopicPartition(topic, shard))
                .toList();
        var wanted = new HashMap<TopicPartition, OffsetSpec>();
        partitions.forEach(partition -> wanted.put(partition, OffsetSpec.latest()));
        try {
            var found = admin.listOffsets(wanted).all().get();
            var ends = new ArrayList<Long>(shards);
            for (var partition : partitions) {
                ends.add(Objects.requireNonNull(found.get(partition)).offset());
            }
            return ends;
        } catch (ExecutionException failure) {
            throw failure.getCause() instanceof RuntimeException cause ? cause : new KafkaException(failure.getCause());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new KafkaException(stopped);
        }
    }

    /** Comes back in the caller's own context; 503 when the service stops, or too much is asked at once. */
    private <T> Uni<T> onThread(Supplier<T> work) {
        return Uni.createFrom()
                .deferred(() -> Uni.createFrom()
                        .completionStage(() -> CompletableFuture.supplyAsync(work, thread))
                        .onFailure(RejectedExecutionException.class)
                        .transform(_ -> Problems.unavailable("The log cannot be read at present"))
                        .emitOn(OwnContext.executor()));
    }

    @Override
    public void stop() {
        thread.shutdownNow();
    }

    @Override
    public void awaitEnd(Duration most) throws InterruptedException {
        boolean _ = thread.awaitTermination(most.toNanos(), TimeUnit.NANOSECONDS);
    }
}
