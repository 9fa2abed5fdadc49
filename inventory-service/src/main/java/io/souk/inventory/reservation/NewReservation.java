package io.souk.inventory.reservation;

import io.souk.inventory.reservation.Wanted.Replaced;
import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

/**
 * A reservation before it has its row.
 *
 * @param heldSince when the first of those was made of which it takes the place; null where that is of no matter
 * @param endsBy when it ends at the latest; null for no such bound
 */
record NewReservation(
        UUID id,
        @Nullable UUID orderId,
        @Nullable String owner,
        ReservationStatus status,
        Duration lifetime,
        @Nullable Instant heldSince,
        @Nullable Instant endsBy) {
    static NewReservation ofOrder(UUID id, UUID order, ReservationStatus status, Duration lifetime) {
        return new NewReservation(id, order, null, status, lifetime, null, null);
    }

    /**
     * @param gone the one whose place it takes; null for none
     * @param longest for which a customer keeps what it holds, however often it changes its mind
     */
    static NewReservation ofOwner(Cart.OfOwner cart, @Nullable Replaced gone, Duration longest) {
        @Nullable Replaced before = cart.bounded() ? gone : null;
        return new NewReservation(
                cart.reservation(),
                null,
                cart.owner(),
                ReservationStatus.OPEN,
                cart.lifetime(),
                before == null ? null : before.heldSince(),
                before == null ? null : before.endsBy(longest));
    }
}
