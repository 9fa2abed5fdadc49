package io.souk.kit.view;

import io.souk.kit.event.EventKey;
import io.souk.kit.event.Order;
import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What one version of an aggregate makes of its entries, one per kind that has the aggregate for its source.
 *
 * @param fault why some entry could not be made; null when all were
 */
record EntryUpdate(
        EventKey key,
        Order order,
        List<Made> entries,
        Map<LookupKind, Set<String>> hints,
        @Nullable Throwable fault) {
    /** @param entry empty when none could be made: what is there goes, and nothing older may come */
    @SuppressWarnings("ArrayRecordComponent") // made, sent and forgotten; never compared
    record Made(KnownKind<?> kind, byte[] entry) {}
}
