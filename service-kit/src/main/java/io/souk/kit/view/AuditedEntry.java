package io.souk.kit.view;

import io.souk.kit.protocol.AsOf;
import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * An entry as it was found in Redis by one command.
 *
 * @param appliedMicros the watermark that stood beside it: all own commits before are in it
 * @param data null when there are none
 * @param floor null when there is none
 */
@SuppressWarnings("ArrayRecordComponent") // compared by isAs alone
record AuditedEntry(
        ViewKey key,
        long appliedMicros,
        byte @Nullable [] data,
        @Nullable String floor) {
    private static final Pattern HEADER = Pattern.compile("\\d{20}[LTA]\\d{48}");
    private static final AsOf NOTHING_KNOWN = new AsOf(0, 0);
    private static final int ORDER_END = 20;
    private static final int MOMENT_DIGITS = 16;
    private static final String NEVER = "9".repeat(MOMENT_DIGITS);

    /** Whether nothing was there at all. */
    boolean isEmpty() {
        return data == null && floor == null;
    }

    /** Whether it was the same at another look, wherever the position was. */
    boolean isAs(AuditedEntry other) {
        return Arrays.equals(data, other.data) && Objects.equals(floor, other.floor);
    }

    /** The order that it carries, for people. */
    String order() {
        return data == null ? "none" : text(0, Math.min(ORDER_END, data.length));
    }

    /**
     * What is wrong with it if the tables say so; null when nothing is. What is only on its way from the tables to Redis looks wrong
     * too.
     *
     * @param at null when there is no row
     * @param latestMicros no moment behind it has come yet
     */
    <T> @Nullable Fault against(KnownKind<T> kind, @Nullable StateAt<T> at, long latestMicros) {
        if (data == null) {
            return at != null && floor != null && floor.compareTo(at.order().sortable()) > 0 ? Fault.FLOOR : null;
        }
        if (data.length < Entry.HEADER || !HEADER.matcher(text(0, Entry.HEADER)).matches()) {
            return Fault.UNREADABLE;
        }
        if (isAfter(latestMicros, Entry.OWN) || isAfter(latestMicros, Entry.FOREIGN)) {
            return Fault.EARLY;
        }
        if (at == null) {
            return data[ORDER_END] == Entry.LIVE ? Fault.STRAY : null;
        }
        int order = text(0, ORDER_END).compareTo(at.order().sortable());
        if (order != 0) {
            return order < 0 ? Fault.BEHIND : Fault.AHEAD;
        }
        if (!isAs(kind.render(at.order(), at.state(), NOTHING_KNOWN).entry())) {
            return Fault.BYTES;
        }
        return text(0, ORDER_END).equals(floor) ? null : Fault.FLOOR;
    }

    private boolean isAfter(long latestMicros, int from) {
        var moment = text(from, from + MOMENT_DIGITS);
        return !moment.equals(NEVER) && Long.parseLong(moment) > latestMicros;
    }

    /** Whether the data are those but for the moment for which they are proven. */
    private boolean isAs(byte[] right) {
        var mine = Objects.requireNonNull(data);
        return Arrays.equals(mine, 0, Entry.OWN, right, 0, Entry.OWN)
                && Arrays.equals(mine, Entry.VALID_UNTIL, mine.length, right, Entry.VALID_UNTIL, right.length);
    }

    private String text(int from, int to) {
        return new String(Objects.requireNonNull(data), from, to - from, StandardCharsets.ISO_8859_1);
    }
}
