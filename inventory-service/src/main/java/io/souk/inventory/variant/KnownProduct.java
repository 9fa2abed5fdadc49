package io.souk.inventory.variant;

import io.souk.kit.event.ChangeEvent;
import io.souk.kit.event.Order;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** The newest that the catalogue told of a product. */
record KnownProduct(UUID id, Order order, String status, List<Variant> variants, Instant toldAt) {
    private static final String DELETED = "DELETED";

    static KnownProduct of(ChangeEvent<ProductState> event) {
        var envelope = event.envelope();
        return switch (event) {
            case ChangeEvent.Changed<ProductState>(var _, var state) ->
                new KnownProduct(
                        envelope.aggregateId(),
                        envelope.order(),
                        state.status(),
                        state.variants().stream()
                                .map(variant -> new Variant(variant.id(), envelope.aggregateId(), variant.sku()))
                                .toList(),
                        envelope.occurredAt());
            case ChangeEvent.Deleted<ProductState> _ ->
                new KnownProduct(envelope.aggregateId(), envelope.order(), DELETED, List.of(), envelope.occurredAt());
        };
    }
}
