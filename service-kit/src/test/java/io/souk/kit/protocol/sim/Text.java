package io.souk.kit.protocol.sim;

import io.souk.kit.event.Order;
import io.souk.kit.protocol.Applied;
import io.souk.kit.protocol.AsOf;
import io.souk.kit.protocol.Entry;
import io.souk.kit.protocol.Position;
import org.jspecify.annotations.Nullable;

import java.util.TreeMap;

/** What the scripts read and write, as text whose order is that of what it stands for. */
final class Text {
    static final String NO_ORDER = "0".repeat(20);

    private static final String FOR_EVER = "9".repeat(16);

    private Text() {}

    static String of(Position position) {
        var text = new StringBuilder()
                .append(position.offset())
                .append(' ')
                .append(micros(position.watermarks().ownMicros()));
        new TreeMap<>(position.watermarks().foreignMicros())
                .forEach((source, micros) ->
                        text.append(' ').append(source).append('=').append(micros(micros)));
        return text.toString();
    }

    static String of(Entry<String> entry) {
        return switch (entry) {
            case Entry.Live<String>(var order, var asOf, var validUntil, var body) ->
                order.sortable() + "L" + moments(asOf) + end(validUntil) + body;
            case Entry.Tombstone<String>(var order, var asOf) -> order.sortable() + "T" + moments(asOf) + FOR_EVER;
            case Entry.Absent<String>(var asOf) -> NO_ORDER + "A" + moments(asOf) + FOR_EVER;
        };
    }

    static String of(@Nullable Order order) {
        return order == null ? NO_ORDER : order.sortable();
    }

    static String of(Applied applied) {
        return switch (applied) {
            case Applied.Ok() -> "OK";
            case Applied.Gap(var found) -> "GAP " + of(found);
            case Applied.Gone() -> "GONE";
            case Applied.NoAnswer() -> throw new IllegalArgumentException("the model always answers");
        };
    }

    static String of(CacheModel.Claim<String> claim) {
        return switch (claim) {
            case CacheModel.Claim.Taken<String>() -> "1";
            case CacheModel.Claim.Held<String>() -> "0";
            case CacheModel.Claim.Changed<String>(var position, var data) -> of(position) + "|" + of(data);
            case CacheModel.Claim.Gone<String>() -> "gone";
        };
    }

    private static String moments(AsOf asOf) {
        return micros(asOf.ownMicros()) + end(asOf.foreignMicros());
    }

    /** A moment that may never come. */
    private static String end(long micros) {
        return micros == Long.MAX_VALUE ? FOR_EVER : micros(micros);
    }

    static String micros(long micros) {
        return "%016d".formatted(micros);
    }
}
