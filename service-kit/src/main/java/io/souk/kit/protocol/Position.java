package io.souk.kit.protocol;

/**
 * How far a topic's partition has been applied somewhere (the protocol, section 1): everything up to the offset, hence every
 * commit before the watermarks. It is kept beside what it speaks of, so that a failover takes both back together.
 *
 * @param offset of the last record that was applied; {@link #BEFORE_START} when there is none
 */
public record Position(long offset, Watermarks watermarks) {
    public static final long BEFORE_START = -1;

    /** Nothing is applied: the log is to be read from its beginning. */
    public static final Position START = new Position(BEFORE_START, Watermarks.NONE);

    /** The position once the record at the offset is applied. */
    public Position after(long applied, LogRecord<?> record) {
        var known = record instanceof LogRecord.Heartbeat<?>(var told) ? watermarks.and(told) : watermarks;
        return new Position(applied, known);
    }
}
