package io.souk.kit.view;

import io.souk.kit.protocol.AsOf;
import io.souk.kit.protocol.Position;
import io.souk.kit.protocol.Watermarks;
import io.souk.kit.redis.Reply;
import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.TreeMap;

/** A position's form in Redis, as {@code apply.lua} tells: its offset, the own watermark, then each foreign source with its own. */
final class PositionText {
    /** There is no position, so nobody knows what the data are worth. */
    static final long MISSING = -1;

    private static final int DIGITS = 16;

    private PositionText() {}

    static String of(Position position) {
        var text = new StringBuilder()
                .append(position.offset())
                .append(' ')
                .append(Entry.moment(position.watermarks().ownMicros()));
        new TreeMap<>(position.watermarks().foreignMicros())
                .forEach((source, micros) ->
                        text.append(' ').append(source).append('=').append(Entry.moment(micros)));
        return text.toString();
    }

    static Position parse(String text) {
        var words = text.split(" ", -1);
        var foreign = new HashMap<String, Long>();
        for (int i = 2; i < words.length; i++) {
            int sign = words[i].indexOf('=');
            foreign.put(words[i].substring(0, sign), Long.valueOf(words[i].substring(sign + 1)));
        }
        return new Position(Long.parseLong(words[0]), new Watermarks(Long.parseLong(words[1]), foreign));
    }

    /** What a foreign source's watermark stands behind. */
    static byte[] foreign(String source) {
        return (" " + source + "=").getBytes(StandardCharsets.US_ASCII);
    }

    /**
     * The moment before which all own commits are applied; {@link #MISSING} when there is no position. Like the next one read
     * without strings, since it happens on every read.
     */
    static long ownMicros(@Nullable Reply position) {
        return position instanceof Reply.Bulk text ? text.number(own(text), DIGITS) : MISSING;
    }

    /**
     * The moment before which all commits of some foreign sources are applied; 0 when one of them is not named or there is no
     * position, {@link AsOf#NO_SOURCE} when none is asked for.
     *
     * @param sources of {@link #foreign}
     */
    static long foreignMicros(@Nullable Reply position, byte[][] sources) {
        long applied = AsOf.NO_SOURCE;
        for (var source : sources) {
            applied = Math.min(
                    applied, position instanceof Reply.Bulk text ? foreignMicros(text, own(text) + DIGITS, source) : 0);
        }
        return applied;
    }

    /** Where the own watermark begins. */
    private static int own(Reply.Bulk text) {
        int at = 0;
        while (text.at(at++) != ' ') {}
        return at;
    }

    private static long foreignMicros(Reply.Bulk text, int from, byte[] source) {
        for (int at = from; at + source.length + DIGITS <= text.length(); at++) {
            if (begins(text, at, source)) {
                return text.number(at + source.length, DIGITS);
            }
        }
        return 0;
    }

    private static boolean begins(Reply.Bulk text, int at, byte[] source) {
        for (int i = 0; i < source.length; i++) {
            if (text.at(at + i) != source[i]) {
                return false;
            }
        }
        return true;
    }
}
