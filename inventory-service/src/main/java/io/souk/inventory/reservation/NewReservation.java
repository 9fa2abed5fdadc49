package io.souk.inventory.reservation;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.UUID;

/** A reservation before it has its row. */
record NewReservation(
        UUID id, @Nullable UUID orderId, @Nullable String owner, ReservationStatus status, Duration lifetime) {
    static NewReservation ofOrder(UUID id, UUID order, ReservationStatus status, Duration lifetime) {
        return new NewReservation(id, order, null, status, lifetime);
    }

    static NewReservation ofOwner(UUID id, String owner, Duration lifetime) {
        return new NewReservation(id, null, owner, ReservationStatus.OPEN, lifetime);
    }
}
