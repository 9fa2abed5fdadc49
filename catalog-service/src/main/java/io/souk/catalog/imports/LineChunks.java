package io.souk.catalog.imports;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;

import static io.souk.kit.problem.KitProblem.TOO_LARGE;

/** Cuts a stream of bytes into chunks of whole lines, and refuses a line or a file that is too long. Not thread-safe. */
final class LineChunks {
    private final long maxLineBytes;
    private final long maxFileBytes;
    private final long maxLines;
    private final int chunkRows;
    private final long chunkBytes;

    private final ByteArrayOutputStream open = new ByteArrayOutputStream();
    private long firstLine = 1;
    private int lines;
    private long lineBytes;
    private long fileBytes;

    LineChunks(long maxLineBytes, long maxFileBytes, long maxLines, int chunkRows, long chunkBytes) {
        this.maxLineBytes = maxLineBytes;
        this.maxFileBytes = maxFileBytes;
        this.maxLines = maxLines;
        this.chunkRows = chunkRows;
        this.chunkBytes = chunkBytes;
    }

    /** Takes the next bytes; the chunks that are full now. 413 beyond the bounds. */
    List<Chunk> add(byte[] block) {
        fileBytes += block.length;
        if (fileBytes > maxFileBytes) {
            throw TOO_LARGE.because("The file is larger than " + maxFileBytes + " bytes once decompressed");
        }
        var full = new ArrayList<Chunk>();
        int from = 0;
        for (int i = 0; i < block.length; i++) {
            if (block[i] == '\n') {
                checkLine(lineBytes + i - from);
                open.write(block, from, i + 1 - from);
                from = i + 1;
                lineBytes = 0;
                countLine();
                if (lines >= chunkRows || open.size() >= chunkBytes) {
                    full.add(cut());
                }
            }
        }
        lineBytes += block.length - from;
        checkLine(lineBytes);
        open.write(block, from, block.length - from);
        return full;
    }

    /** The rest, once nothing follows; empty when there is none. */
    List<Chunk> end() {
        if (lineBytes > 0) {
            countLine();
        }
        return lines == 0 ? List.of() : List.of(cut());
    }

    /** Lines in all chunks that were cut. */
    long linesSoFar() {
        return firstLine - 1;
    }

    private void countLine() {
        lines++;
        if (linesSoFar() + lines > maxLines) {
            throw TOO_LARGE.because("The file has more than " + maxLines + " lines; nothing was imported");
        }
    }

    private void checkLine(long bytes) {
        if (bytes > maxLineBytes) {
            throw TOO_LARGE.because(
                    "Line " + (firstLine + lines) + " is longer than " + maxLineBytes + " bytes; nothing was imported");
        }
    }

    private Chunk cut() {
        var chunk = new Chunk(firstLine, lines, open.toByteArray());
        firstLine += lines;
        lines = 0;
        open.reset();
        return chunk;
    }
}
