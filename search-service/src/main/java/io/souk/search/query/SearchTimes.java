package io.souk.search.query;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.enterprise.context.ApplicationScoped;

import java.util.concurrent.TimeUnit;

/** How long searches take, by how they end: {@code souk_search_query_seconds}. */
@ApplicationScoped
class SearchTimes {
    private final Timer found;
    private final Timer relaxed;
    private final Timer nothing;
    private final Timer failed;

    SearchTimes(MeterRegistry metrics) {
        found = timer(metrics, "found");
        relaxed = timer(metrics, "relaxed");
        nothing = timer(metrics, "nothing");
        failed = timer(metrics, "failed");
    }

    void answered(Found answer, long nanos) {
        var timer = answer.items().isEmpty() ? nothing : answer.relaxed() ? relaxed : found;
        timer.record(nanos, TimeUnit.NANOSECONDS);
    }

    void failed(long nanos) {
        failed.record(nanos, TimeUnit.NANOSECONDS);
    }

    private static Timer timer(MeterRegistry metrics, String outcome) {
        return Timer.builder("souk.search.query")
                .description("Searches, kept results included")
                .tag("outcome", outcome)
                .publishPercentileHistogram()
                .register(metrics);
    }
}
