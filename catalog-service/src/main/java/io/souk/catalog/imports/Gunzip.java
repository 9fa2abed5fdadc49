package io.souk.catalog.imports;

import org.jspecify.annotations.Nullable;

import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

import static io.souk.kit.problem.KitProblem.MALFORMED;

/**
 * Decompresses gzip (RFC 1952) from pieces, into blocks that are asked for one by one: however much a piece would swell to,
 * only one block of it is held, and no byte of a piece is copied before it is decompressed. Takes several members in a row, as parallel compressors write them; checks sizes and
 * checksums. Not thread-safe.
 */
final class Gunzip implements AutoCloseable {
    private static final int BLOCK_BYTES = 64 * 1024;
    private static final int[] MAGIC = {0x1f, 0x8b, 8};
    private static final int FLAGS_AT = 3;
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
    private byte[] piece = new byte[0];

    /** How much of the piece is used up, unless the inflater has it. */
    private int at;

    private Part part = Part.FIXED;

    /** Bytes of the part that have been read. */
    private int seen;

    private int headerBytes;
    private int flags;
    private int extraBytes;
    private long trailer;
    private boolean anyMember;

    /** What a member is made of, in this order. */
    private enum Part {
        FIXED,
        EXTRA_LENGTH,
        EXTRA,
        NAME,
        COMMENT,
        HEADER_CHECKSUM,
        BODY,
        TRAILER
    }

    /** The next piece; the one before must be used up. */
    void feed(byte[] next) {
        piece = next;
        at = 0;
        if (part == Part.BODY) {
            inflater.setInput(piece);
        }
    }

    /** The next block; null when the piece is used up. 400 for what is not gzip. */
    byte @Nullable [] next() {
        while (true) {
            if (part == Part.BODY) {
                int bytes = inflate();
                if (inflater.finished()) {
                    at = piece.length - inflater.getRemaining();
                    enter(Part.TRAILER);
                }
                if (bytes > 0) {
                    checksum.update(block, 0, bytes);
                    return Arrays.copyOf(block, bytes);
                }
                if (part == Part.BODY) {
                    return null;
                }
            } else if (at == piece.length) {
                return null;
            } else {
                read(piece[at++] & 0xff);
            }
        }
    }

    /** 400 unless the last member is complete. */
    void end() {
        if (part != Part.FIXED || seen > 0 || !anyMember) {
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

    /** Takes one byte of a header or of a trailer. */
    private void read(int octet) {
        int place = seen++;
        boolean over =
                switch (part) {
                    case FIXED -> fixed(place, octet);
                    case EXTRA_LENGTH -> {
                        extraBytes |= octet << (8 * place);
                        yield seen == 2;
                    }
                    case EXTRA -> seen == extraBytes;
                    case NAME, COMMENT -> octet == 0;
                    case HEADER_CHECKSUM -> seen == 2;
                    case BODY -> throw new IllegalStateException("the body is the inflater's");
                    case TRAILER -> {
                        trailer |= (long) octet << (8 * place);
                        yield seen == TRAILER_BYTES;
                    }
                };
        if (part != Part.TRAILER && ++headerBytes > MAX_HEADER_BYTES) {
            throw MALFORMED.because("The gzip header is too long");
        }
        if (over) {
            leave();
        }
    }

    private boolean fixed(int place, int octet) {
        if (place < MAGIC.length && octet != MAGIC[place]) {
            throw MALFORMED.because("The body is not gzip, though Content-Encoding says so");
        }
        if (place == FLAGS_AT) {
            flags = octet;
        }
        return seen == FIXED_HEADER_BYTES;
    }

    /** Goes on to the next part that there is. */
    private void leave() {
        if (part == Part.TRAILER) {
            checkTrailer();
            anyMember = true;
            headerBytes = 0;
            extraBytes = 0;
            trailer = 0;
            enter(Part.FIXED);
            return;
        }
        var next = part;
        do {
            next = after(next);
        } while (isAbsent(next));
        enter(next);
        if (next == Part.BODY) {
            inflater.reset();
            checksum.reset();
            inflater.setInput(piece, at, piece.length - at);
        }
    }

    private static Part after(Part part) {
        return switch (part) {
            case FIXED -> Part.EXTRA_LENGTH;
            case EXTRA_LENGTH -> Part.EXTRA;
            case EXTRA -> Part.NAME;
            case NAME -> Part.COMMENT;
            case COMMENT -> Part.HEADER_CHECKSUM;
            case HEADER_CHECKSUM -> Part.BODY;
            case BODY -> Part.TRAILER;
            case TRAILER -> Part.FIXED;
        };
    }

    private void enter(Part next) {
        part = next;
        seen = 0;
    }

    private boolean isAbsent(Part next) {
        return switch (next) {
            case EXTRA_LENGTH -> (flags & HAS_EXTRA) == 0;
            case EXTRA -> extraBytes == 0;
            case NAME -> (flags & HAS_NAME) == 0;
            case COMMENT -> (flags & HAS_COMMENT) == 0;
            case HEADER_CHECKSUM -> (flags & HAS_CHECKSUM) == 0;
            case FIXED, BODY, TRAILER -> false;
        };
    }

    private void checkTrailer() {
        long size = trailer >>> 32;
        if ((trailer & 0xffff_ffffL) != checksum.getValue() || size != (inflater.getBytesWritten() & 0xffff_ffffL)) {
            throw MALFORMED.because("The gzip data is damaged: its checksum does not fit");
        }
    }
}
