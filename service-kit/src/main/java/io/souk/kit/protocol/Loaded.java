package io.souk.kit.protocol;

import java.util.Collection;

/**
 * What a read of the primary gave.
 *
 * @param entry with {@link #asOf} as its moment; an {@link Entry.Absent} for no row
 * @param beganMicros {@code now()} of the reading transaction
 */
public record Loaded<B>(Entry<B> entry, long beganMicros) {
    /**
     * The moment before which no commit is missing in what a transaction read (the protocol, section 6).
     *
     * @param beganMicros {@code now()} of the reading transaction, which precedes its snapshots
     * @param foreign the foreign sources of the view
     * @param applied their {@code source_watermark}, read in that transaction before the rows; own moment unused
     */
    public static long asOf(long beganMicros, Collection<String> foreign, Watermarks applied) {
        return Math.min(beganMicros, new Watermarks(beganMicros, applied.foreignMicros()).earliest(foreign));
    }

    /**
     * Whether the answer may be given to this reader, who joined a load that another one had begun. A foreign source that lags is
     * no reason to read anew: the tables know as little by now.
     */
    boolean suits(Wanted wanted, long nowMicros) {
        return wanted.isReachedBy(entry) && beganMicros >= wanted.freshness().earliestMicros(nowMicros);
    }

    /** Whether it may be served as it is. If not, a foreign source lags. */
    boolean isProven(Wanted wanted, long nowMicros) {
        return entry.asOfMicros() >= wanted.freshness().earliestMicros(nowMicros);
    }
}
