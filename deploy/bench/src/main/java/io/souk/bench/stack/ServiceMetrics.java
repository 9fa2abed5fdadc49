package io.souk.bench.stack;

import io.souk.cli.Http;
import io.souk.stack.StackException;

import java.net.URI;
import java.util.regex.Pattern;

/** What a process of a service tells of itself. */
public final class ServiceMetrics {
    /** The trace that a counter was last moved in, if that was kept. */
    private static final String EXEMPLAR = "(?: # .*)?";

    private final Http http = new Http();
    private final URI metrics;

    /** Of the one that listens there. */
    public ServiceMetrics(int port) {
        metrics = URI.create("http://127.0.0.1:" + port + "/q/metrics");
    }

    /** The sum of the metrics whose name and labels match; throws when there is none. */
    public double sum(String pattern) {
        var reply = http.look(metrics)
                .orElseThrow(() -> new StackException("%s does not tell its metrics.".formatted(metrics)));
        return Pattern.compile("(?m)^" + pattern + " (\\S+)" + EXEMPLAR + "$")
                .matcher(reply.text())
                .results()
                .mapToDouble(line -> Double.parseDouble(line.group(1)))
                .reduce(Double::sum)
                .orElseThrow(() -> new StackException("%s has no %s.".formatted(metrics, pattern)));
    }
}
