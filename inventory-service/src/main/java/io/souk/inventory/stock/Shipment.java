package io.souk.inventory.stock;

import io.souk.inventory.location.Reach;
import io.souk.kit.tenant.TenantId;
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
    /** As the ledger writes it down. A reservation holds goods of whoever has them, so it reaches all of the tenant's. */
    Paper paper(TenantId tenant) {
        return new Paper(
                reservation, shippedBy, null, order == null ? null : order.toString(), new Reach(tenant, null));
    }
}
