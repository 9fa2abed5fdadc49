package io.souk.kit.protocol;

import java.util.List;

/**
 * What one read of the outbox found.
 *
 * @param rows the rows to send next, in the order in which to send them; all of them unless there are more than a batch holds
 * @param oldestSeq the lowest {@code seq} of all that were there, sent next or not; {@link #EMPTY} when none was there
 */
public record Backlog<R>(List<R> rows, long oldestSeq) {
    public static final long EMPTY = Long.MAX_VALUE;

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
