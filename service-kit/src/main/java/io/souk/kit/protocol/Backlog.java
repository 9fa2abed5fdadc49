package io.souk.kit.protocol;

import java.util.List;

/**
 * What one read of the outbox found.
 *
 * @param rows the rows to send next, in the order in which to send them
 * @param oldestSeq the lowest {@code seq} of all that were there, sent next or not; {@link #EMPTY} when none was there
 * @param all whether certainly no row was there that is not among these
 */
public record Backlog<R>(List<R> rows, long oldestSeq, boolean all) {
    public static final long EMPTY = Long.MAX_VALUE;

    /** No row was there. */
    public static <R> Backlog<R> none() {
        return new Backlog<>(List.of(), EMPTY, true);
    }

    public Backlog {
        rows = List.copyOf(rows);
        if (rows.isEmpty() != (oldestSeq == EMPTY)) {
            throw new IllegalArgumentException("rows are left, or none is: " + rows.size() + ", " + oldestSeq);
        }
    }

    /** Whether every row that the mark saw had been sent and deleted by the time of this read. */
    boolean isPast(Mark mark) {
        return oldestSeq > mark.topSeq();
    }
}
