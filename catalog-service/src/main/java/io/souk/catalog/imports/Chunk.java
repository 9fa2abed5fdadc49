package io.souk.catalog.imports;

import java.util.Arrays;

/**
 * Some lines of a file, whole, each with its line feed; the file's last one may lack it.
 *
 * @param firstLine counted from 1
 */
@SuppressWarnings("ArrayRecordComponent") // compared by nobody; a copy of every chunk would double what an upload holds
record Chunk(long firstLine, int lines, byte[] bytes) {
    long lastLine() {
        return firstLine + lines - 1;
    }

    /** The first so many lines of more. */
    Chunk first(int count) {
        return new Chunk(firstLine, count, Arrays.copyOfRange(bytes, 0, end(count)));
    }

    /** What {@link #first} leaves. */
    Chunk behind(int count) {
        return new Chunk(firstLine + count, lines - count, Arrays.copyOfRange(bytes, end(count), bytes.length));
    }

    private int end(int count) {
        int at = 0;
        for (int line = 0; line < count; at++) {
            if (bytes[at] == '\n') {
                line++;
            }
        }
        return at;
    }
}
