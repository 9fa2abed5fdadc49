package io.souk.inventory.reservation;

import io.souk.inventory.stock.Shortage;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * A promise of stock to one order.
 *
 * @param refused the lines that were short, when it is REFUSED
 * @param expiresAt by the clock of the database; means something while it is OPEN
 */
record Reservation(
        UUID id,
        UUID orderId,
        ReservationStatus status,
        List<Shortage> refused,
        Instant expiresAt,
        long version,
        Instant createdAt,
        Instant updatedAt) {}
