package io.souk.catalog.availability;

import io.souk.kit.event.Order;

import java.util.UUID;

/**
 * A stock level as an event tells it.
 *
 * @param variantId null when the level is gone: what it was of is known from before
 */
record StockLevel(
        UUID id,
        Order order,
        @org.jspecify.annotations.Nullable UUID variantId,
        long onHand,
        long available) {}
