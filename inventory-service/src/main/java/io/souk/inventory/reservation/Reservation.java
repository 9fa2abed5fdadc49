package io.souk.inventory.reservation;

import io.souk.inventory.stock.Shortage;
import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * A promise of stock, to an order or to an owner.
 *
 * @param orderId the order that it follows; null for an owner's
 * @param owner who may renew, confirm and release it; null for an order's
 * @param refused the lines that were short, when it is REFUSED
 * @param expiresAt by the clock of the database; means something while it is OPEN
 */
record Reservation(
        UUID id,
        @Nullable UUID orderId,
        @Nullable String owner,
        ReservationStatus status,
        List<Shortage> refused,
        Instant expiresAt,
        long version,
        Instant createdAt,
        Instant updatedAt) {

    /** Whether another one may take its place: an owner's, and not final. An order's goes the way of its order. */
    boolean makesRoom() {
        return orderId == null && status == ReservationStatus.OPEN;
    }
}
