package io.souk.kit.view;

import io.souk.kit.event.Order;
import io.souk.kit.redis.Reply;
import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;

/**
 * An entry's form in Redis: a header of fixed width, then the bytes that are served.
 *
 * <pre>
 *  0  1  format, '1'
 *  1 20  order: 5 digits of epoch, 15 of version; zeros for ABSENT
 * 21  1  kind: L live, T tombstone, A absent
 * 22 13  asOf, milliseconds since 1970; reserved, zeros
 * 35 13  validUntil, milliseconds since 1970; reserved, nines
 * 48     the JSON of a live entry
 * </pre>
 *
 * <p>Text, so that scripts compare orders as text and an operator can read an entry with {@code GET}.
 */
final class Entry {
    static final int HEADER = 48;

    /** The order that an absent entry carries: below every order. */
    static final String NO_ORDER = "0".repeat(20);

    /** What an entry of this form begins with. */
    static final String FORMAT_TEXT = "1";

    private static final int ORDER = 1;
    private static final int EPOCH_DIGITS = 5;
    private static final int VERSION = ORDER + EPOCH_DIGITS;
    private static final int VERSION_DIGITS = 15;
    private static final int KIND = 21;
    private static final char FORMAT = FORMAT_TEXT.charAt(0);
    private static final char LIVE = 'L';
    private static final char TOMBSTONE = 'T';
    private static final char ABSENT = 'A';
    private static final String RESERVED = "0".repeat(13) + "9".repeat(13);

    private Entry() {}

    static byte[] live(Order order, byte[] json) {
        var entry = new byte[HEADER + json.length];
        header(entry, order.sortable(), LIVE);
        System.arraycopy(json, 0, entry, HEADER, json.length);
        return entry;
    }

    static byte[] tombstone(Order order) {
        var entry = new byte[HEADER];
        header(entry, order.sortable(), TOMBSTONE);
        return entry;
    }

    static byte[] absent() {
        var entry = new byte[HEADER];
        header(entry, NO_ORDER, ABSENT);
        return entry;
    }

    /** What the entry says; nothing when it is not of a form that this version knows, which is a miss. */
    static @Nullable View view(Reply.Bulk entry) {
        if (entry.length() < HEADER || entry.at(0) != FORMAT) {
            return null;
        }
        return switch (entry.at(KIND)) {
            case LIVE -> new View.Live(order(entry), entry.from(HEADER));
            case TOMBSTONE -> new View.Gone(order(entry));
            case ABSENT -> View.Absent.INSTANCE;
            default -> null;
        };
    }

    private static Order order(Reply.Bulk entry) {
        return new Order((int) number(entry, ORDER, EPOCH_DIGITS), number(entry, VERSION, VERSION_DIGITS));
    }

    private static long number(Reply.Bulk entry, int from, int digits) {
        long number = 0;
        for (int i = from; i < from + digits; i++) {
            number = number * 10 + (entry.at(i) - '0');
        }
        return number;
    }

    private static void header(byte[] entry, String order, char kind) {
        var header = (FORMAT + order + kind + RESERVED).getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(header, 0, entry, 0, HEADER);
    }
}
