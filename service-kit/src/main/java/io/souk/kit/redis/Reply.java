package io.souk.kit.redis;

import io.vertx.core.buffer.Buffer;
import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.util.List;

/** What Redis answers, other than nil, which is null, and an error, which is a {@link RedisError}. */
public sealed interface Reply {
    /** A string of bytes inside a network buffer, which is shared: read, never written. */
    record Bulk(Buffer source, int start, int length) implements Reply {
        /** The byte at the index, counted from the start of the string. */
        public byte at(int index) {
            return source.getByte(start + index);
        }

        /** The number that some decimal digits make, without a string; only digits may stand there. */
        public long number(int index, int digits) {
            long number = 0;
            for (int i = start + index; i < start + index + digits; i++) {
                number = number * 10 + (source.getByte(i) - '0');
            }
            return number;
        }

        /** A copy of the first bytes, or of all if there are fewer. */
        public byte[] first(int most) {
            return source.getBytes(start, start + Math.min(most, length));
        }

        /** The bytes from the index to the end, without copying. */
        public Buffer from(int index) {
            return source.slice(start + index, start + length);
        }

        /** The bytes as UTF-8 text. */
        public String text() {
            return source.getString(start, start + length, StandardCharsets.UTF_8.name());
        }
    }

    record Status(String text) implements Reply {}

    record Whole(long value) implements Reply {}

    record Many(List<@Nullable Reply> items) implements Reply {}

    /** An error inside an array; on its own it fails the command. */
    record Failed(RedisError error) implements Reply {}
}
