package io.souk.bench.http;

import java.util.Arrays;

/** The middle of some values, and how far they lie apart. */
public record Spread(double median, double lowest, double highest) {
    /** Of an even number of values the upper one of the middle two. */
    public static Spread of(double... values) {
        var sorted = values.clone();
        Arrays.sort(sorted);
        return new Spread(sorted[sorted.length / 2], sorted[0], sorted[sorted.length - 1]);
    }

    /** {@code median (lowest-highest)}, rounded to whole numbers. */
    @Override
    public String toString() {
        return "%.0f (%.0f-%.0f)".formatted(median, lowest, highest);
    }
}
