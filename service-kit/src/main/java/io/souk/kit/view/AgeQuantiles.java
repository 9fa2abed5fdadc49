package io.souk.kit.view;

import io.micrometer.core.instrument.distribution.HistogramSnapshot;
import org.jspecify.annotations.Nullable;

import static java.util.concurrent.TimeUnit.SECONDS;

/**
 * How old what was served from Redis was, in seconds. Counted in a few ranges, and within one of them taken to be spread evenly.
 * What is older than the last range, which ends with the bound, counts as that old.
 */
public record AgeQuantiles(double p50, double p95, double p99) {
    /** Null when nothing was served. */
    static @Nullable AgeQuantiles of(HistogramSnapshot ages) {
        return ages.count() == 0
                ? null
                : new AgeQuantiles(quantile(ages, 0.5), quantile(ages, 0.95), quantile(ages, 0.99));
    }

    private static double quantile(HistogramSnapshot ages, double share) {
        double wanted = share * ages.count();
        double lower = 0;
        double below = 0;
        for (var range : ages.histogramCounts()) { // each counts those before it too
            if (range.count() >= wanted && range.count() > below) {
                return lower + (range.bucket(SECONDS) - lower) * (wanted - below) / (range.count() - below);
            }
            lower = range.bucket(SECONDS);
            below = range.count();
        }
        return lower;
    }
}
