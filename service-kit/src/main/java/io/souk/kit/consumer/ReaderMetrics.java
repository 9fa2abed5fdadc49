package io.souk.kit.consumer;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import org.apache.kafka.clients.consumer.Consumer;

import java.util.concurrent.atomic.AtomicLong;

/** What a reader has applied, and how far behind it is. */
public final class ReaderMetrics {
    private final Counter events;
    private final AtomicLong lag;

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

    /** Records behind the end of this reader's partitions, as far as its client knows. */
    public void lag(Consumer<?, ?> kafka) {
        long behind = 0;
        for (var partition : kafka.assignment()) {
            behind += kafka.currentLag(partition).orElse(0);
        }
        lag.set(behind);
    }

    /** Whether the client has a connection: a poll tells of no failure, it only stays empty. */
    public static boolean isConnected(Consumer<?, ?> kafka) {
        return kafka.metrics().values().stream()
                .filter(metric -> metric.metricName().name().equals("connection-count"))
                .anyMatch(metric -> metric.metricValue() instanceof Number count && count.doubleValue() > 0);
    }
}
