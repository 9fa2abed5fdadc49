package io.souk.kit.protocol;

import java.util.Collection;

/**
 * What a read of the primary gave.
 *
 * @param entry with {@link #asOf} as its moments; an {@link Entry.Absent} for no row
 */
public record Loaded<B>(Entry<B> entry) {
    /**
     * The moments before which no commit is missing in what a transaction read (the protocol, section 6).
     *
     * @param beganMicros {@code now()} of the reading transaction, which precedes its snapshots
     * @param foreign the foreign sources of the view
     * @param applied their {@code source_watermark}, read in that transaction before the rows; own moment unused
     */
    public static AsOf asOf(long beganMicros, Collection<String> foreign, Watermarks applied) {
        return new AsOf(beganMicros, applied.foreign(foreign));
    }

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
