package io.souk.bench.relay;

import io.souk.bench.stack.ServiceMetrics;

/** What a service tells of its relay. */
public final class RelayMetrics {
    private final ServiceMetrics metrics;

    /** Of the service that listens there. */
    public RelayMetrics(int port) {
        metrics = new ServiceMetrics(port);
    }

    /** Events that Kafka has acknowledged since the start. */
    long events() {
        return (long) metrics.sum("souk_relay_events_total(?:\\{[^}]*})?");
    }

    /** From a commit until Kafka has acknowledged it, of the last minutes. */
    public double delayMillis(String quantile) {
        return metrics.sum("souk_relay_delay_seconds\\{[^}]*quantile=\"%s\"[^}]*}".formatted(quantile)) * 1_000;
    }
}
