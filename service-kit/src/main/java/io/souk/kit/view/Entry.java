package io.souk.kit.view;

import io.souk.kit.event.Order;
import io.souk.kit.protocol.AsOf;
import io.souk.kit.protocol.Freshness;
import io.souk.kit.redis.Reply;

import java.nio.charset.StandardCharsets;

/**
 * An entry's form in Redis: a header of fixed width, then the bytes that are served.
 *
 * <pre>
 *  0 20  order: 5 digits of epoch, 15 of version; zeros for ABSENT
 * 20  1  kind: L live, T tombstone, A absent
 * 21 32  asOf: no own commit before the first 16 digits is missing, and no foreign one before the others, which are nines for a view
 *        without foreign sources; microseconds since 1970
 * 53 16  validUntil: from then on the bytes are wrong though nothing was written; likewise, or nines
 * 69     the JSON of a live entry
 * </pre>
 *
 * <p>Text, so that scripts compare orders and moments as text and an operator can read an entry with {@code GET}.
 */
final class Entry {
    /** What a reader remembers of data that it could not serve: another asOf or order says that they were replaced. */
    static final int SEEN = 53;

    static final int HEADER = 69;

    /** The form's number, part of every {@link ViewKinds#layout}: entries of another form are never met. */
    static final int FORMAT = 3;

    /** The order that an absent entry carries: below every order. */
    static final String NO_ORDER = "0".repeat(20);

    private static final int EPOCH_DIGITS = 5;
    private static final int VERSION_DIGITS = 15;
    private static final int KIND = 20;
    static final int OWN = 21;
    static final int FOREIGN = 37;
    static final int VALID_UNTIL = 53;
    private static final int MOMENT_DIGITS = 16;
    private static final String FOR_EVER = "9".repeat(MOMENT_DIGITS);
    static final char LIVE = 'L';
    private static final char TOMBSTONE = 'T';
    private static final char ABSENT = 'A';

    private Entry() {}

    static byte[] live(Order order, AsOf asOf, long validUntilMicros, byte[] json) {
        var entry = new byte[HEADER + json.length];
        header(entry, order.sortable(), LIVE, asOf, validUntilMicros);
        System.arraycopy(json, 0, entry, HEADER, json.length);
        return entry;
    }

    static byte[] tombstone(Order order, AsOf asOf) {
        var entry = new byte[HEADER];
        header(entry, order.sortable(), TOMBSTONE, asOf, Freshness.FOR_EVER);
        return entry;
    }

    static byte[] absent(AsOf asOf) {
        var entry = new byte[HEADER];
        header(entry, NO_ORDER, ABSENT, asOf, Freshness.FOR_EVER);
        return entry;
    }

    /** Whether it has the form of an entry; what has not was written by something else, and is as good as nothing. */
    static boolean isOne(Reply.Bulk entry) {
        return entry.length() >= HEADER
                && areDigits(entry, 0, KIND)
                && areDigits(entry, OWN, HEADER)
                && switch (entry.at(KIND)) {
                    case LIVE, TOMBSTONE ->
                        entry.number(0, EPOCH_DIGITS) > 0 && entry.number(EPOCH_DIGITS, VERSION_DIGITS) > 0;
                    case ABSENT -> true;
                    default -> false;
                };
    }

    private static boolean areDigits(Reply.Bulk entry, int from, int to) {
        for (int i = from; i < to; i++) {
            if (entry.at(i) < '0' || entry.at(i) > '9') {
                return false;
            }
        }
        return true;
    }

    static long validUntilMicros(Reply.Bulk entry) {
        return moment(entry, VALID_UNTIL);
    }

    /**
     * What {@link #isOne} says, proven by itself or by a position.
     *
     * @param ownMicros the own watermark of the position that was read by the same command
     * @param foreignMicros that of its foreign sources
     */
    static OwnView view(Reply.Bulk entry, long ownMicros, long foreignMicros) {
        long own = Math.max(ownMicros, entry.number(OWN, MOMENT_DIGITS));
        long foreign = Math.max(foreignMicros, moment(entry, FOREIGN));
        return new OwnView(view(entry, Math.min(own, foreign)), own);
    }

    private static View view(Reply.Bulk entry, long provenMicros) {
        return switch (entry.at(KIND)) {
            case LIVE -> new View.Live(order(entry), entry.from(HEADER), provenMicros, false);
            case TOMBSTONE -> new View.Gone(order(entry), provenMicros, false);
            default -> new View.Absent(provenMicros, false);
        };
    }

    /** A moment as the scripts compare it. */
    static String moment(long micros) {
        if (micros == Freshness.FOR_EVER) {
            return FOR_EVER;
        }
        var digits = Long.toString(micros);
        return "0".repeat(MOMENT_DIGITS - digits.length()) + digits;
    }

    private static long moment(Reply.Bulk entry, int at) {
        return entry.at(at) == '9' ? Freshness.FOR_EVER : entry.number(at, MOMENT_DIGITS);
    }

    private static Order order(Reply.Bulk entry) {
        return new Order((int) entry.number(0, EPOCH_DIGITS), entry.number(EPOCH_DIGITS, VERSION_DIGITS));
    }

    private static void header(byte[] entry, String order, char kind, AsOf asOf, long validUntilMicros) {
        var header = (order + kind + moment(asOf.ownMicros()) + moment(asOf.foreignMicros()) + moment(validUntilMicros))
                .getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(header, 0, entry, 0, HEADER);
    }
}
