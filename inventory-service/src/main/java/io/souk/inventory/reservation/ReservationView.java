package io.souk.inventory.reservation;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.souk.inventory.stock.Hold;
import io.souk.inventory.stock.Shortage;
import io.souk.inventory.unit.TakenUnit;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * Of an order or of an owner: the other one is null.
 *
 * @param units the first hundred of those that it has; null where none are known one by one, and for whom it was not asked
 */
@RegisterForReflection
@Schema(name = "Reservation")
record ReservationView(
        UUID id,
        @Nullable UUID orderId,
        @Nullable String owner,
        ReservationStatus status,
        List<Line> lines,

        @Schema(
                description =
                        "Of an order's that was refused, the lines that ask for more than they can have. `reason` says why `available` is no"
                                + " more: TOO_FEW, that is all that is free; SCATTERED, it is what is free in the first hundred lots"
                                + " and locations, from which one line is held at most, and there may be more. It is null for what"
                                + " was refused before reasons were kept")
        List<Shortage> refused,

        Instant expiresAt,
        long version,
        Instant createdAt,
        Instant updatedAt,

        @Schema(
                description =
                        "Of what is tracked by unit, which ones: a hundred at most, told where one reservation is read."
                                + " GET /v1/units?reservationId= has all")
        @JsonInclude(JsonInclude.Include.NON_NULL)
        @Nullable
        List<TakenUnit> units) {

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
                reservation.updatedAt(),
                null);
    }

    ReservationView with(List<TakenUnit> taken) {
        return new ReservationView(
                id, orderId, owner, status, lines, refused, expiresAt, version, createdAt, updatedAt, taken);
    }
}
