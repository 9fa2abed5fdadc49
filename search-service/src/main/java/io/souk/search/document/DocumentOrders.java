package io.souk.search.document;

import io.souk.kit.event.AggregateType;
import io.souk.kit.event.Order;
import io.souk.kit.http.AggregateVersions;
import org.jspecify.annotations.Nullable;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * How far a document and its parts are; null: nothing heard of that part yet.
 *
 * @param version of the document; 0 when there was never one
 */
record DocumentOrders(
        UUID id,
        long version,
        @Nullable Order product,
        @Nullable Order price,
        @Nullable Order availability) {
    private static final AggregateType PRODUCT = ProductEventsConsumer.SOURCE;
    private static final AggregateType PRICE = PriceEventsConsumer.SOURCE;
    private static final AggregateType AVAILABILITY = AvailabilityEventsConsumer.SOURCE;

    /** The products of whose documents these versions tell something; other aggregates are passed over. */
    static Set<UUID> concerned(AggregateVersions seen) {
        var ids = new HashSet<UUID>();
        for (var part : List.of(PRODUCT, PRICE, AVAILABILITY)) {
            ids.addAll(seen.named(part.name()).keySet());
        }
        return ids;
    }

    /** Whether each part has come to the order in which it was seen. */
    boolean hold(AggregateVersions seen) {
        return holds(product, seen.find(PRODUCT.name(), id))
                && holds(price, seen.find(PRICE.name(), id))
                && holds(availability, seen.find(AVAILABILITY.name(), id));
    }

    private static boolean holds(@Nullable Order known, @Nullable Order seen) {
        return seen == null || (known != null && known.compareTo(seen) >= 0);
    }
}
