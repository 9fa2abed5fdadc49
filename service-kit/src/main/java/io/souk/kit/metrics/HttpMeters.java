package io.souk.kit.metrics;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.config.MeterFilterReply;
import io.micrometer.core.instrument.distribution.DistributionStatisticConfig;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

import java.time.Duration;
import java.util.stream.LongStream;

/** Keeps of the HTTP server's meters the timer alone, with the buckets that the promises of the shop are about. */
final class HttpMeters implements MeterFilter {
    private static final String TIMER = "http.server.requests";

    /** Milliseconds. Cached reads answer within a few, writes within some ten; past a second somebody is waiting. */
    private static final double[] BUCKETS = LongStream.of(1, 2, 5, 10, 25, 50, 100, 250, 500, 1_000, 2_500, 10_000)
            .mapToDouble(bound -> Duration.ofMillis(bound).toNanos())
            .toArray();

    private static final DistributionStatisticConfig DISTRIBUTION = DistributionStatisticConfig.builder()
            .serviceLevelObjectives(BUCKETS)
            .build();

    @Produces
    @Singleton
    static MeterFilter httpMeters() {
        return new HttpMeters();
    }

    @Override
    public MeterFilterReply accept(Meter.Id id) {
        return id.getName().startsWith("http.server.") && !id.getName().equals(TIMER)
                ? MeterFilterReply.DENY
                : MeterFilterReply.NEUTRAL;
    }

    @Override
    public DistributionStatisticConfig configure(Meter.Id id, DistributionStatisticConfig config) {
        return id.getName().equals(TIMER) ? DISTRIBUTION.merge(config) : config;
    }
}
