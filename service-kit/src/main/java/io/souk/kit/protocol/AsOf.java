package io.souk.kit.protocol;

import java.util.Collection;

/**
 * The moments before which no commit is missing in what was read or written (the protocol, section 1): a fact about the
 * databases, true wherever the entry is. Microseconds since 1970.
 *
 * @param ownMicros of the own tables
 * @param foreignMicros of the foreign sources of the view; {@link #NO_SOURCE} for a view without any, 0 where nothing is known
 */
public record AsOf(long ownMicros, long foreignMicros) {
    /** What a view without foreign sources knows of them. */
    public static final long NO_SOURCE = Long.MAX_VALUE;

    /** Of a view without foreign sources. */
    public static AsOf own(long micros) {
        return new AsOf(micros, NO_SOURCE);
    }

    /**
     * Of what a transaction read.
     *
     * @param beganMicros {@code now()} of the reading transaction, which precedes its snapshots
     * @param foreign the foreign sources of the view
     * @param applied their {@code source_watermark}, read in that transaction before the rows; own moment unused
     */
    public static AsOf read(long beganMicros, Collection<String> foreign, Watermarks applied) {
        return new AsOf(beganMicros, applied.foreign(foreign));
    }

    /** Before it no commit at all is missing. */
    public long micros() {
        return Math.min(ownMicros, foreignMicros);
    }
}
