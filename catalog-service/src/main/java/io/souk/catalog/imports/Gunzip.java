package io.souk.catalog.imports;

import org.jspecify.annotations.Nullable;

import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

import static io.souk.kit.problem.KitProblem.MALFORMED;

/**
 * Decompresses gzip (RFC 1952) from pieces, into blocks that are asked for one by one: however much a piece would swell to,
 * only one block of it is held. Takes several members in a row, as parallel compressors write them; checks sizes and
 * checksums. Not thread-safe.
 */
final class Gunzip implements AutoCloseable {
    private static final int BLOCK_BYTES = 64 * 1024;
    private static final int FIXED_HEADER_BYTES = 10;
    private static final int TRAILER_BYTES = 8;

    /** Name, comment and extra field; beyond this it is no header that a compressor writes. */
    private static final int MAX_HEADER_BYTES = 64 * 1024;

    private static final int HAS_CHECKSUM = 2;
    private static final int HAS_EXTRA = 4;
    private static final int HAS_NAME = 8;
    private static final int HAS_COMMENT = 16;

    private final Inflater inflater = new Inflater(true);
    private final CRC32 checksum = new CRC32();
    private final byte[] block = new byte[BLOCK_BYTES];
    private State state = State.HEADER;
    private boolean anyMember;

    /** Bytes of a header or trailer that is not complete. */
    private byte[] input = new byte[0];

    /** What the inflater was given last. */
    private byte[] deflated = new byte[0];

    private enum State {
        HEADER,
        BODY,
        TRAILER
    }

    /** The next piece; the one before must be used up. */
    void feed(byte[] piece) {
        if (state == State.BODY) {
            inflate(piece, 0);
        } else {
            int kept = input.length;
            input = Arrays.copyOf(input, kept + piece.length);
            System.arraycopy(piece, 0, input, kept, piece.length);
        }
    }

    /** The next block; null when the piece is used up. 400 for what is not gzip. */
    byte @Nullable [] next() {
        while (true) {
            switch (state) {
                case HEADER -> {
                    int length = headerLength();
                    if (length < 0) {
                        return null;
                    }
                    inflater.reset();
                    checksum.reset();
                    inflate(input, length);
                    input = new byte[0];
                    state = State.BODY;
                }
                case BODY -> {
                    int bytes = inflate();
                    if (inflater.finished()) {
                        keepRemaining();
                        state = State.TRAILER;
                    }
                    if (bytes > 0) {
                        checksum.update(block, 0, bytes);
                        return Arrays.copyOf(block, bytes);
                    }
                    if (state == State.BODY) {
                        return null;
                    }
                }
                case TRAILER -> {
                    if (input.length < TRAILER_BYTES) {
                        return null;
                    }
                    checkTrailer();
                    input = Arrays.copyOfRange(input, TRAILER_BYTES, input.length);
                    anyMember = true;
                    state = State.HEADER;
                }
            }
        }
    }

    /** 400 unless the last member is complete. */
    void end() {
        if (state != State.HEADER || !anyMember || input.length > 0) {
            throw MALFORMED.because("The gzip data ends too early, or something follows it");
        }
    }

    @Override
    public void close() {
        inflater.end();
    }

    private int inflate() {
        try {
            return inflater.inflate(block);
        } catch (DataFormatException damaged) {
            throw MALFORMED.because("The gzip data is damaged: " + damaged.getMessage());
        }
    }

    private void inflate(byte[] piece, int from) {
        deflated = piece;
        inflater.setInput(piece, from, piece.length - from);
    }

    /** What follows the member in its last piece. */
    private void keepRemaining() {
        input = Arrays.copyOfRange(deflated, deflated.length - inflater.getRemaining(), deflated.length);
    }

    private void checkTrailer() {
        if (number(input, 0) != checksum.getValue()
                || number(input, 4) != (inflater.getBytesWritten() & 0xffff_ffffL)) {
            throw MALFORMED.because("The gzip data is damaged: its checksum does not fit");
        }
    }

    /** How long the header is; -1 while it is not complete. */
    private int headerLength() {
        if (input.length < FIXED_HEADER_BYTES) {
            checkMagic();
            return -1;
        }
        checkMagic();
        int flags = input[3];
        int at = FIXED_HEADER_BYTES;
        if ((flags & HAS_EXTRA) != 0) {
            if (input.length < at + 2) {
                return incomplete();
            }
            at += 2 + (input[at] & 0xff) + ((input[at + 1] & 0xff) << 8);
        }
        if ((flags & HAS_NAME) != 0) {
            at = afterText(at);
        }
        if (at >= 0 && (flags & HAS_COMMENT) != 0) {
            at = afterText(at);
        }
        if (at >= 0 && (flags & HAS_CHECKSUM) != 0) {
            at += 2;
        }
        return at < 0 || at > input.length ? incomplete() : at;
    }

    private void checkMagic() {
        boolean fits = (input.length < 1 || input[0] == 0x1f)
                && (input.length < 2 || input[1] == (byte) 0x8b)
                && (input.length < 3 || input[2] == 8);
        if (!fits) {
            throw MALFORMED.because("The body is not gzip, though Content-Encoding says so");
        }
    }

    private int incomplete() {
        if (input.length > MAX_HEADER_BYTES) {
            throw MALFORMED.because("The gzip header is too long");
        }
        return -1;
    }

    private int afterText(int from) {
        for (int i = from; i < input.length; i++) {
            if (input[i] == 0) {
                return i + 1;
            }
        }
        return -1;
    }

    private static long number(byte[] bytes, int at) {
        return (bytes[at] & 0xffL)
                | (bytes[at + 1] & 0xffL) << 8
                | (bytes[at + 2] & 0xffL) << 16
                | (bytes[at + 3] & 0xffL) << 24;
    }
}
