package io.souk.kit.page;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.function.Function;

/**
 * Some items of a list, in its order.
 *
 * @param next the cursor of the next page; null on the last one
 */
public record Page<T>(List<T> items, @Nullable String next) {
    public Page {
        items = List.copyOf(items);
    }

    /** Cuts rows fetched with {@link Limit#probe} to the page; {@code cursor} is made of the last item that stays. */
    public static <T> Page<T> of(List<T> rows, Limit limit, Function<T, String> cursor) {
        if (rows.size() <= limit.value()) {
            return new Page<>(rows, null);
        }
        var items = rows.subList(0, limit.value());
        return new Page<>(items, cursor.apply(items.getLast()));
    }

    public <V> Page<V> map(Function<? super T, V> view) {
        return new Page<>(items.stream().map(view).toList(), next);
    }
}
