package io.souk.inventory.stock;

import org.jspecify.annotations.Nullable;

import java.util.UUID;

/**
 * Goods that leave for good.
 *
 * @param reservation whose units they are; their movements name it as their cause
 * @param order that they are for; null when they are no order's
 * @param shippedBy the subject of the token, or the service that told of it
 * @param cause the event that tells of it; null when it was a client
 */
public record Shipment(
        UUID reservation,
        @Nullable UUID order,
        String shippedBy,
        @Nullable UUID cause) {
    /** As the ledger writes it down. */
    Paper paper() {
        return new Paper(reservation, shippedBy, null, order == null ? null : order.toString());
    }
}
