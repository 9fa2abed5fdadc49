package io.souk.inventory.reservation;

import io.quarkus.runtime.annotations.RegisterForReflection;
import io.souk.inventory.stock.Hold;
import io.souk.inventory.stock.Shortage;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** Of an order or of an owner: the other one is null. */
@RegisterForReflection
@Schema(name = "Reservation")
record ReservationView(
        UUID id,
        @Nullable UUID orderId,
        @Nullable String owner,
        ReservationStatus status,
        List<Line> lines,
        List<Shortage> refused,
        Instant expiresAt,
        long version,
        Instant createdAt,
        Instant updatedAt) {

    @RegisterForReflection
    @Schema(name = "ReservationLine")
    record Line(
            int line,
            UUID variantId,
            String sku,
            UUID locationId,
            @Nullable String lot,
            long quantity) {
        static Line of(Hold hold) {
            return new Line(hold.line(), hold.variantId(), hold.sku(), hold.locationId(), hold.lot(), hold.quantity());
        }
    }

    static ReservationView of(Reservation reservation, List<Hold> holds) {
        return new ReservationView(
                reservation.id(),
                reservation.orderId(),
                reservation.owner(),
                reservation.status(),
                holds.stream().map(Line::of).toList(),
                reservation.refused(),
                reservation.expiresAt(),
                reservation.version(),
                reservation.createdAt(),
                reservation.updatedAt());
    }
}
