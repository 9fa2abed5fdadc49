package io.souk.kit.redis;

import io.vertx.core.buffer.Buffer;
import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Turns what a connection receives into replies (RESP 2, the form that Redis speaks until asked for another).
 *
 * <p>A reply that lies within one received buffer is not copied: its strings are places in that buffer. One that is cut is
 * kept and read again from its start when more has come, which costs a step per element and buffer, not per byte.
 */
final class ReplyParser {
    /** Redis' own limit of a string; a longer one is not Redis. */
    private static final long LONGEST_BULK = 512L * 1024 * 1024;

    private static final long LONGEST_ARRAY = 1024L * 1024;
    private static final int DEEPEST_ARRAY = 8;

    private final Consumer<@Nullable Reply> replies;
    private @Nullable Buffer kept;
    private Buffer buffer = Buffer.buffer();
    private int position;
    private boolean cut;

    ReplyParser(Consumer<@Nullable Reply> replies) {
        this.replies = replies;
    }

    /** @throws IllegalStateException when the bytes are not what Redis says; the connection is then of no use any more */
    void received(Buffer chunk) {
        buffer = kept == null ? chunk : kept.appendBuffer(chunk);
        position = 0;
        cut = false;
        int complete = 0;
        while (complete < buffer.length()) {
            var reply = next(0);
            if (cut) {
                break;
            }
            complete = position;
            replies.accept(reply);
        }
        keep(complete);
    }

    private void keep(int from) {
        if (from == buffer.length()) {
            kept = null;
        } else if (from > 0 || kept == null) {
            // a copy: the buffer's earlier part has been handed out and must not change
            kept = buffer.getBuffer(from, buffer.length());
        }
    }

    /** The reply at the position; meaningless when {@link #cut} is set. */
    private @Nullable Reply next(int depth) {
        int type = position < buffer.length() ? buffer.getByte(position) : -1;
        int end = endOfLine();
        if (end < 0) {
            cut = true;
            return null;
        }
        int start = position + 1;
        position = end + 2;
        return switch (type) {
            case '$' -> bulk(number(start, end));
            case '*' -> many(number(start, end), depth);
            case ':' -> new Reply.Whole(number(start, end));
            case '+' -> new Reply.Status(line(start, end));
            case '-' -> new Reply.Failed(new RedisError(line(start, end)));
            default -> throw new IllegalStateException("not a reply of Redis: type " + type);
        };
    }

    private @Nullable Reply bulk(long length) {
        if (length == -1) {
            return null;
        }
        if (length < 0 || length > LONGEST_BULK) {
            throw new IllegalStateException("not a reply of Redis: string of " + length);
        }
        int start = position;
        if (buffer.length() - start < length + 2) {
            cut = true;
            return null;
        }
        position = start + (int) length + 2;
        return new Reply.Bulk(buffer, start, (int) length);
    }

    private @Nullable Reply many(long count, int depth) {
        if (count == -1) {
            return null;
        }
        if (count < 0 || count > LONGEST_ARRAY || depth == DEEPEST_ARRAY) {
            throw new IllegalStateException("not a reply of Redis: array of " + count + " at depth " + depth);
        }
        List<@Nullable Reply> items = new ArrayList<>((int) Math.min(count, 64));
        for (long i = 0; i < count && !cut; i++) {
            items.add(next(depth + 1));
        }
        return new Reply.Many(items);
    }

    private long number(int start, int end) {
        boolean negative = start < end && buffer.getByte(start) == '-';
        int first = negative ? start + 1 : start;
        if (first == end || end - first > 18) {
            throw new IllegalStateException("not a reply of Redis: number of " + (end - first) + " digits");
        }
        long value = 0;
        for (int i = first; i < end; i++) {
            int digit = buffer.getByte(i) - '0';
            if (digit < 0 || digit > 9) {
                throw new IllegalStateException("not a reply of Redis: digit " + digit);
            }
            value = value * 10 + digit;
        }
        return negative ? -value : value;
    }

    private String line(int start, int end) {
        return buffer.getString(start, end, StandardCharsets.UTF_8.name());
    }

    /** Where the line at the position ends (its carriage return), or -1 while it is not all there. */
    private int endOfLine() {
        for (int i = position; i < buffer.length() - 1; i++) {
            if (buffer.getByte(i) == '\r' && buffer.getByte(i + 1) == '\n') {
                return i;
            }
        }
        return -1;
    }
}
