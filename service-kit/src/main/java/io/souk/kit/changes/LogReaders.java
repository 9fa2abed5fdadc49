package io.souk.kit.changes;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.souk.kit.consumer.ReaderMetrics;
import io.souk.kit.event.KafkaPromises;
import io.souk.kit.event.KafkaSettings;
import io.souk.kit.stop.Background;
import jakarta.enterprise.context.ApplicationScoped;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.DisconnectException;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Reads what lies before the end of the log that is in memory, a bounded piece at a time, with a bounded number of Kafka
 * clients that whoever has something to read takes in turn.
 */
@ApplicationScoped
class LogReaders implements Background {
    /** More than may be admitted at once. */
    static final int QUEUE = 64;

    /** Of one piece: what is looked at, and how long that may take, so that the next in the queue gets a turn. */
    private static final int MAX_LOOKED_AT = 20_000;

    private static final Duration MAX_TIME = Duration.ofMillis(500);
    private static final Duration POLL = Duration.ofMillis(100);
    private static final int MAX_POLL_RECORDS = 1_000;
    private static final int MAX_FETCH_BYTES = 2 * 1024 * 1024;

    private final Map<String, Object> settings;
    private final Counter lookedAt;
    private final ConcurrentLinkedDeque<Consumer<byte[], byte[]>> idle = new ConcurrentLinkedDeque<>();
    private final ThreadPoolExecutor threads;

    LogReaders(
            @ConfigProperty(name = "souk.service") String service,
            ChangesConfig config,
            KafkaSettings kafka,
            MeterRegistry metrics) {
        var settings = kafka.consumer(service + "-changes", MAX_POLL_RECORDS);
        settings.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, MAX_FETCH_BYTES);
        this.settings = KafkaPromises.ofConsumer(settings);
        lookedAt = metrics.counter("souk.changes.looked.at");
        threads = new ThreadPoolExecutor(
                config.logReaders(),
                config.logReaders(),
                1,
                TimeUnit.MINUTES,
                new ArrayBlockingQueue<>(QUEUE),
                Thread.ofPlatform().daemon().name("souk-changes-", 0).factory());
        threads.allowCoreThreadTimeOut(true);
    }

    /**
     * The wanted events behind {@code from} and before {@code to}, up to a bound. Fails with what Kafka says, and with a
     * {@link java.util.concurrent.RejectedExecutionException} when the queue is full.
     */
    CompletableFuture<Batch> read(Wanted wanted, Positions from, Positions to, int limit) {
        return CompletableFuture.supplyAsync(() -> withClient(wanted, from, to, limit), threads);
    }

    private Batch withClient(Wanted wanted, Positions from, Positions to, int limit) {
        @Nullable Consumer<byte[], byte[]> known = idle.poll();
        var kafka = known == null ? new KafkaConsumer<byte[], byte[]>(settings) : known;
        boolean well = false;
        try {
            var batch = new Piece(wanted, from, to, limit).read(kafka);
            well = true;
            return batch;
        } finally {
            if (well && !threads.isShutdown()) {
                kafka.unsubscribe();
                idle.push(kafka);
            } else {
                kafka.close(CloseOptions.timeout(Duration.ZERO));
            }
        }
    }

    @Override
    public void stop() {
        threads.shutdownNow();
    }

    @Override
    public void awaitEnd(Duration most) throws InterruptedException {
        boolean _ = threads.awaitTermination(most.toNanos(), TimeUnit.NANOSECONDS);
        while (true) {
            @Nullable Consumer<byte[], byte[]> client = idle.poll();
            if (client == null) {
                return;
            }
            client.close(CloseOptions.timeout(Duration.ZERO));
        }
    }

    /** One turn of one reader. */
    private final class Piece {
        private final FeedTopics topics;
        private final Wanted wanted;
        private final Positions to;
        private final BatchBuilder batch;
        private final long deadline = System.nanoTime() + MAX_TIME.toNanos();
        private int looked;

        Piece(Wanted wanted, Positions from, Positions to, int limit) {
            topics = from.topics();
            this.wanted = wanted;
            this.to = to;
            batch = new BatchBuilder(wanted, from, limit);
        }

        Batch read(Consumer<byte[], byte[]> kafka) {
            var left = behind();
            kafka.assign(left);
            left.forEach(partition -> kafka.seek(partition, position(partition)));
            boolean room = true;
            while (room && !left.isEmpty() && looked < MAX_LOOKED_AT && System.nanoTime() < deadline) {
                room = look(kafka);
                left = behind();
            }
            lookedAt.increment(looked);
            if (looked == 0 && !left.isEmpty() && !ReaderMetrics.isConnected(kafka)) {
                throw new DisconnectException("no connection to Kafka");
            }
            return batch.build(Place.at(batch.positions()), !left.isEmpty());
        }

        /** False when an event was met for which there is no room any more. */
        private boolean look(Consumer<byte[], byte[]> kafka) {
            var records = kafka.poll(POLL);
            for (var record : records) {
                looked++;
                @Nullable FeedEvent event = FeedRecords.event(topics, record);
                if (event != null && !batch.look(event)) {
                    return false;
                }
            }
            for (var partition : kafka.assignment()) { // behind what is no event, and what was compacted
                batch.positions().set(partition, Math.max(kafka.position(partition), position(partition)));
            }
            return true;
        }

        private long position(TopicPartition partition) {
            return batch.positions().get(partition);
        }

        private List<TopicPartition> behind() {
            var behind = new ArrayList<TopicPartition>();
            wanted.topics().stream().forEach(topic -> {
                for (int partition = 0; partition < topics.partitions(); partition++) {
                    if (batch.positions().get(topic, partition) < to.get(topic, partition)) {
                        behind.add(topics.partition(topic, partition));
                    }
                }
            });
            return behind;
        }
    }
}
