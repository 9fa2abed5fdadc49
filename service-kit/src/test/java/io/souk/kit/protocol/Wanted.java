package io.souk.kit.protocol;

import io.souk.kit.event.Order;
import org.jspecify.annotations.Nullable;

import java.util.Set;

/**
 * What a read asks for.
 *
 * @param foreign the foreign sources of the view
 * @param token the order of this aggregate that the answer must have reached; null when any will do
 */
public record Wanted(
        Freshness freshness, Set<String> foreign, @Nullable Order token) {
    public Wanted {
        foreign = Set.copyOf(foreign);
    }

    boolean isReachedBy(Entry<?> entry) {
        return token == null || entry.isAtLeast(token);
    }
}
