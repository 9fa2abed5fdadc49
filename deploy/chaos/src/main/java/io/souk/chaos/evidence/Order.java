package io.souk.chaos.evidence;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

import java.util.Comparator;

/** The place of a state in its aggregate's history, written {@code epoch.version}; {@link #NONE} comes before all. */
public record Order(int epoch, long version) implements Comparable<Order> {
    public static final Order NONE = new Order(0, 0);

    private static final Comparator<Order> BY_EPOCH_AND_VERSION =
            Comparator.comparingInt(Order::epoch).thenComparingLong(Order::version);

    /** Of the first epoch; version 0 is {@link #NONE}. */
    public static Order of(long version) {
        return version == 0 ? NONE : new Order(1, version);
    }

    /** Reads {@code 1.12}, or {@code 12} for the same. */
    @JsonCreator
    public static Order parse(String text) {
        int dot = text.indexOf('.');
        return dot < 0
                ? of(Long.parseLong(text))
                : new Order(Integer.parseInt(text.substring(0, dot)), Long.parseLong(text.substring(dot + 1)));
    }

    public boolean isBefore(Order other) {
        return compareTo(other) < 0;
    }

    @Override
    public int compareTo(Order other) {
        return BY_EPOCH_AND_VERSION.compare(this, other);
    }

    @JsonValue
    @Override
    public String toString() {
        return epoch + "." + version;
    }
}
