package io.souk.kit.consumer;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/** What a reader has applied, and how far behind it is. Used by the reader's own thread only. */
public final class ReaderMetrics {
    /** A partition that is paused tells nothing of its end, so it is asked for. */
    private static final long ASK_EVERY_NANOS = Duration.ofSeconds(3).toNanos();

    /** The reader waits for the answer; there is another one soon. */
    private static final Duration ASK_WITHIN = Duration.ofMillis(500);

    private final Counter events;
    private final AtomicLong lag;
    private ConsumerRecords<?, ?> atHand = ConsumerRecords.empty();
    private long askedAt = System.nanoTime();

    public ReaderMetrics(MeterRegistry metrics, String consumer) {
        events = metrics.counter("souk.consumer.events", "consumer", consumer);
        lag = new AtomicLong();
        Gauge.builder("souk.consumer.lag", lag, AtomicLong::get)
                .tag("consumer", consumer)
                .register(metrics);
    }

    public void applied(int records) {
        events.increment(records);
    }

    /** These are polled and not applied, instead of those before. */
    void polled(ConsumerRecords<?, ?> records) {
        atHand = records;
    }

    /** Records between what is applied and the end of this reader's partitions. To be told often, while the reader waits too. */
    public void lag(Consumer<?, ?> kafka) {
        askForEnds(kafka);
        long behind = 0;
        for (var partition : kafka.assignment()) {
            behind += kafka.currentLag(partition).orElse(0) + atHand(partition);
        }
        lag.set(behind);
    }

    private long atHand(TopicPartition partition) {
        var records = atHand.records(partition);
        return records.isEmpty()
                ? 0
                : records.getLast().offset() + 1 - records.getFirst().offset();
    }

    /** The client remembers the answer for {@link Consumer#currentLag}. */
    private void askForEnds(Consumer<?, ?> kafka) {
        if (System.nanoTime() - askedAt < ASK_EVERY_NANOS) {
            return;
        }
        askedAt = System.nanoTime();
        try {
            kafka.endOffsets(kafka.assignment(), ASK_WITHIN);
        } catch (TimeoutException _) {
            // What is known stays known.
        }
    }

    /** Whether the client has a connection: a poll tells of no failure, it only stays empty. */
    public static boolean isConnected(Consumer<?, ?> kafka) {
        return kafka.metrics().values().stream()
                .filter(metric -> metric.metricName().name().equals("connection-count"))
                .anyMatch(metric -> metric.metricValue() instanceof Number count && count.doubleValue() > 0);
    }
}
