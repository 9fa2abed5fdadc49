package io.souk.catalog.imports;

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
}
