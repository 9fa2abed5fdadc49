package io.souk.inventory.reservation;

import io.quarkus.runtime.annotations.RegisterForReflection;
import io.souk.inventory.stock.Hold;
import io.souk.inventory.stock.Shortage;
import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * A reservation as its events tell it: {@code lines} are the units that it holds or held, parted by location and lot. One without an
 * {@code orderId} belongs to an owner, whose name may be personal and is not told.
 */
@RegisterForReflection
public record ReservationState(
        UUID id,
        long version,
        @Nullable UUID orderId,
        ReservationStatus status,
        List<Line> lines,
        List<Shortage> refused,
        Instant expiresAt,
        List<String> changed) {
    /** Of one that is new or held again: only then are lines and refusals written. */
    static final List<String> ALL = List.of("status", "lines", "refused", "expiresAt");

    static final List<String> STATUS = List.of("status");
    static final List<String> TIME = List.of("expiresAt");

    @RegisterForReflection
    public record Line(
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

    /** Of a version that is told once more. */
    static ReservationState unchanged(Reservation reservation, List<Hold> holds) {
        return of(reservation, holds, List.of());
    }

    static ReservationState of(Reservation reservation, List<Hold> holds, List<String> changed) {
        return new ReservationState(
                reservation.id(),
                reservation.version(),
                reservation.orderId(),
                reservation.status(),
                holds.stream().map(Line::of).toList(),
                reservation.refused(),
                reservation.expiresAt(),
                changed);
    }
}
