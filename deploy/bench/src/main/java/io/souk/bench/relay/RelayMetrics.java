package io.souk.bench.relay;

import io.souk.bench.stack.OwnStack;
import io.souk.bench.stack.SoukCommand;
import io.souk.cli.Http;
import io.souk.cli.local.Component;
import io.souk.stack.StackException;

import java.net.URI;

/** What catalog-service tells of its relay. */
final class RelayMetrics {
    private final Http http = new Http();
    private final URI metrics;

    RelayMetrics(OwnStack stack) {
        metrics = URI.create(stack.ports().url(Component.CATALOG) + "/q/metrics");
    }

    /** Events that Kafka has acknowledged since the start. */
    long events() {
        return (long) number("souk_relay_events_total(?:\\{[^}]*})?");
    }

    /** From a commit until Kafka has acknowledged it, of the last minutes. */
    double delayMillis(String quantile) {
        return number("souk_relay_delay_seconds\\{[^}]*quantile=\"%s\"[^}]*}".formatted(quantile)) * 1_000;
    }

    private double number(String name) {
        var reply =
                http.look(metrics).orElseThrow(() -> new StackException("catalog-service does not tell its metrics."));
        return Double.parseDouble(SoukCommand.numberIn(reply.text(), "(?m)^" + name + " (\\S+)$"));
    }
}
