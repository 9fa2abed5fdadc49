package io.souk.kit.changes;

import io.souk.kit.problem.Problem;
import org.jspecify.annotations.Nullable;

import java.io.ByteArrayOutputStream;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Base64;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import java.util.zip.CRC32;

import static io.souk.kit.problem.KitProblem.MALFORMED;

/**
 * A place in the log as an opaque text: of each followed topic its tag, then the lowest offset and how far each partition is
 * beyond it, as numbers of variable length, and a check sum at the end. 7 topics of 64 partitions take some 1,500 characters
 * when the partitions are about as long as each other, and never more than {@link #MAX_CHARS}.
 *
 * @param offsets by the topic's tag
 */
record FeedCursor(Map<Integer, long[]> offsets) {
    /** Less than the 8 KiB that a request's first line may have. */
    static final int MAX_CHARS = 6_000;

    private static final byte VERSION = 1;
    private static final int SUM_BYTES = 4;
    private static final int MAX_TOPICS = 64;

    /** The cursor of a place for who wants these topics. */
    static String encode(BitSet wanted, Positions positions) {
        var topics = positions.topics();
        var out = new ByteArrayOutputStream();
        out.write(VERSION);
        writeNumber(out, wanted.cardinality());
        wanted.stream().forEach(topic -> write(out, topics.tags().get(topic), positions.of(topic)));
        out.writeBytes(ByteBuffer.allocate(SUM_BYTES)
                .putInt(sum(out.toByteArray(), out.size()))
                .array());
        return Base64.getUrlEncoder().withoutPadding().encodeToString(out.toByteArray());
    }

    /**
     * Reads a cursor.
     *
     * @param name of the parameter or header, told in the 400 for a text that was never given out
     */
    static FeedCursor parse(String name, String text) {
        if (text.length() > MAX_CHARS) {
            throw bad(name);
        }
        try {
            var bytes = Base64.getUrlDecoder().decode(text);
            if (bytes.length <= SUM_BYTES || bytes[0] != VERSION) {
                throw bad(name);
            }
            var in = ByteBuffer.wrap(bytes);
            if (in.getInt(bytes.length - SUM_BYTES) != sum(bytes, bytes.length - SUM_BYTES)) {
                throw bad(name);
            }
            return read(in.position(1).limit(bytes.length - SUM_BYTES), name);
        } catch (IllegalArgumentException | BufferUnderflowException | ArithmeticException unreadable) {
            throw bad(name);
        }
    }

    /** Where this leads in the topics as they are now: to the beginning of those that it does not know, or knew as another log. */
    Positions positions(FeedTopics topics) {
        var positions = Positions.start(topics);
        for (int topic = 0; topic < topics.tags().size(); topic++) {
            long @Nullable [] known = offsets.get(topics.tags().get(topic));
            if (known != null && known.length == topics.partitions()) {
                positions.set(topic, known);
            }
        }
        return positions;
    }

    private static FeedCursor read(ByteBuffer in, String name) {
        long topics = readNumber(in);
        if (topics > MAX_TOPICS) {
            throw bad(name);
        }
        var offsets = new HashMap<Integer, long[]>();
        for (int i = 0; i < topics; i++) {
            int tag = in.getInt();
            long partitions = readNumber(in);
            if (partitions > in.remaining()) { // a byte each at least
                throw bad(name);
            }
            long lowest = readNumber(in);
            var ofTopic = new long[(int) partitions];
            for (int partition = 0; partition < partitions; partition++) {
                ofTopic[partition] = Math.addExact(lowest, readNumber(in));
            }
            offsets.put(tag, ofTopic);
        }
        if (in.hasRemaining()) {
            throw bad(name);
        }
        return new FeedCursor(offsets);
    }

    private static void write(ByteArrayOutputStream out, int tag, long[] offsets) {
        out.writeBytes(ByteBuffer.allocate(Integer.BYTES).putInt(tag).array());
        writeNumber(out, offsets.length);
        long lowest = Arrays.stream(offsets).min().orElse(0);
        writeNumber(out, lowest);
        for (var offset : offsets) {
            writeNumber(out, offset - lowest);
        }
    }

    /** Seven bits a byte, the lowest first; the highest bit says that more follow. */
    private static void writeNumber(ByteArrayOutputStream out, long number) {
        long rest = number;
        while (rest > 0x7f) {
            out.write((int) (rest & 0x7f) | 0x80);
            rest >>>= 7;
        }
        out.write((int) rest);
    }

    private static long readNumber(ByteBuffer in) {
        long number = 0;
        for (int shift = 0; shift < 63; shift += 7) {
            byte next = in.get();
            number |= (long) (next & 0x7f) << shift;
            if (next >= 0) {
                return number;
            }
        }
        throw new ArithmeticException("a number of more than 63 bits");
    }

    private static int sum(byte[] bytes, int length) {
        var sum = new CRC32();
        sum.update(bytes, 0, length);
        return (int) sum.getValue();
    }

    private static Problem bad(String name) {
        return MALFORMED
                .because("The cursor is not one that this service gave out")
                .parameter(name, "is not a cursor of these changes");
    }
}
