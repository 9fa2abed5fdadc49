package io.souk.kit.protocol;

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

    /** Before it no commit at all is missing. */
    public long micros() {
        return Math.min(ownMicros, foreignMicros);
    }

    /** What is known of an entry that is at least as new as two others. */
    AsOf and(AsOf other) {
        return new AsOf(Math.max(ownMicros, other.ownMicros), Math.max(foreignMicros, other.foreignMicros));
    }

    /** Of two fillings of the same order the scripts keep the later one, by the own moment first. */
    public boolean isBefore(AsOf other) {
        return ownMicros < other.ownMicros || (ownMicros == other.ownMicros && foreignMicros < other.foreignMicros);
    }
}
