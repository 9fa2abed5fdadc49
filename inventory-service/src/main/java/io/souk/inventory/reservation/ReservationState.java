package io.souk.inventory.reservation;

import io.quarkus.runtime.annotations.RegisterForReflection;
import io.souk.inventory.stock.Hold;
import io.souk.inventory.stock.Shortage;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** A reservation as its events tell it: {@code lines} are the units that it holds or held, parted by location. */
@RegisterForReflection
public record ReservationState(
        UUID id,
        long version,
        UUID orderId,
        ReservationStatus status,
        List<Line> lines,
        List<Shortage> refused,
        Instant expiresAt,
        List<String> changed) {
    private static final List<String> ALL = List.of("status", "lines", "refused", "expiresAt");
    private static final List<String> STATUS = List.of("status");

    @RegisterForReflection
    public record Line(int line, UUID variantId, String sku, UUID locationId, long quantity) {
        static Line of(Hold hold) {
            return new Line(hold.line(), hold.variantId(), hold.sku(), hold.locationId(), hold.quantity());
        }
    }

    /** Lines and refusals are written when it is made or held again; everything else moves the status alone. */
    static ReservationState of(Reservation reservation, List<Hold> holds, boolean heldAnew) {
        return new ReservationState(
                reservation.id(),
                reservation.version(),
                reservation.orderId(),
                reservation.status(),
                holds.stream().map(Line::of).toList(),
                reservation.refused(),
                reservation.expiresAt(),
                heldAnew ? ALL : STATUS);
    }
}
