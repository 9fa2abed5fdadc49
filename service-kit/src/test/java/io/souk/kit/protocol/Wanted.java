package io.souk.kit.protocol;

import io.souk.kit.event.Order;
import org.jspecify.annotations.Nullable;

import java.util.Set;

/**
 * What a read asks for.
 *
 * @param foreign the foreign sources of the view
 * @param toldMicros from which age on an answer is not wanted even with its age told; {@link #ANY_AGE}
 * @param token the order of this aggregate that the answer must have reached; null when any will do
 */
public record Wanted(
        Freshness freshness,
        Set<String> foreign,
        long toldMicros,
        @Nullable Order token) {
    /** Of a reader who takes whatever there is, if it is told how old that is. */
    public static final long ANY_AGE = Long.MAX_VALUE;

    public Wanted {
        foreign = Set.copyOf(foreign);
    }

    /** Of a reader who asks for no age. */
    public Wanted(Freshness freshness, Set<String> foreign, @Nullable Order token) {
        this(freshness, foreign, ANY_AGE, token);
    }

    boolean isRefused(long ageMicros) {
        return ageMicros >= toldMicros;
    }

    boolean isReachedBy(Entry<?> entry) {
        return token == null || entry.isAtLeast(token);
    }
}
