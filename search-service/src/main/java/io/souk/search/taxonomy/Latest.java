package io.souk.search.taxonomy;

import io.souk.kit.event.ChangeEvent;
import io.souk.kit.event.Order;
import org.jspecify.annotations.Nullable;

import java.util.Collection;
import java.util.List;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.UUID;

/** The newest state of each aggregate in a batch, in the order of the ids: one row each, always locked in one order. */
record Latest<T>(UUID id, Order order, @Nullable T state) {

    static <T> Collection<Latest<T>> of(List<ChangeEvent<T>> events) {
        SequencedMap<UUID, Latest<T>> latest = new TreeMap<>();
        for (var event : events) {
            var envelope = event.envelope();
            var read = new Latest<T>(envelope.aggregateId(), envelope.order(), state(event));
            latest.merge(envelope.aggregateId(), read, Latest::newer);
        }
        return latest.values();
    }

    private static <T> @Nullable T state(ChangeEvent<T> event) {
        return switch (event) {
            case ChangeEvent.Changed<T> changed -> changed.state();
            case ChangeEvent.Deleted<T> _ -> null;
        };
    }

    private Latest<T> newer(Latest<T> other) {
        return other.order().compareTo(order) > 0 ? other : this;
    }
}
