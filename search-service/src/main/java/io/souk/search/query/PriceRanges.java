package io.souk.search.query;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Ranges of prices without gaps, in minor units: each begins where the one before ends, the last one is open. The same for
 * every query, so that counts of two answers can be compared.
 */
public final class PriceRanges {
    /** 0, 1, 2, 5, 10, ... units of a currency with two decimals; the last range begins at 500,000. */
    public static final PriceRanges STANDARD = standard();

    private final long[] starts;

    private PriceRanges(long[] starts) {
        this.starts = starts;
    }

    /** Ranges that begin at these amounts. */
    public static PriceRanges startingAt(List<Long> amounts) {
        return new PriceRanges(
                amounts.stream().mapToLong(Long::longValue).distinct().sorted().toArray());
    }

    public int count() {
        return starts.length;
    }

    /** The range that holds the amount; -1 below the first. */
    public int indexOf(long amountMinor) {
        int found = Arrays.binarySearch(starts, amountMinor);
        return found >= 0 ? found : -found - 2;
    }

    public long from(int range) {
        return starts[range];
    }

    /** The first amount beyond the range; {@code Long.MAX_VALUE} when it is open. */
    public long to(int range) {
        return range + 1 < starts.length ? starts[range + 1] : Long.MAX_VALUE;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof PriceRanges ranges && Arrays.equals(starts, ranges.starts);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(starts);
    }

    private static PriceRanges standard() {
        var starts = new ArrayList<Long>();
        starts.add(0L);
        for (long decade = 100; decade <= 100_000_00; decade *= 10) {
            starts.add(decade);
            starts.add(decade * 2);
            starts.add(decade * 5);
        }
        return startingAt(starts);
    }
}
