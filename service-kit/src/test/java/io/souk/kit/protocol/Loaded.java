package io.souk.kit.protocol;

/**
 * What a read of the primary gave.
 *
 * @param entry with {@link AsOf#read} as its moments; an {@link Entry.Absent} for no row
 */
public record Loaded<B>(Entry<B> entry) {
    /**
     * Whether the answer may be given to this reader, who joined a load that another one had begun. A foreign source that lags is
     * no reason to read anew: the tables know as little by now.
     */
    boolean suits(Wanted wanted, long nowMicros) {
        return wanted.isReachedBy(entry)
                && entry.asOf().ownMicros() >= wanted.freshness().earliestMicros(nowMicros);
    }

    /** Whether it may be served as it is. If not, a foreign source lags. */
    boolean isProven(Wanted wanted, long nowMicros) {
        return entry.asOf().micros() >= wanted.freshness().earliestMicros(nowMicros);
    }
}
