package io.souk.kit.protocol;

/**
 * What one statement, in a transaction of its own, saw of the outbox (the protocol, section 3). Once no row with
 * {@code seq <= topSeq} is left, the log holds everything that was committed before the watermarks.
 *
 * @param watermarks own: {@code now()}, which precedes the statement's snapshot; foreign: {@code source_watermark} as seen in
 *     that snapshot, per topic the minimum over its partitions
 * @param topSeq no lower than any {@code seq} that was visible; {@link #NOTHING} when none was
 */
public record Mark(Watermarks watermarks, long topSeq) {
    /** The outbox was empty. */
    public static final long NOTHING = 0;
}
