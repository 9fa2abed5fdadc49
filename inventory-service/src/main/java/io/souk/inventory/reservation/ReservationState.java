package io.souk.inventory.reservation;

import io.quarkus.runtime.annotations.RegisterForReflection;
import io.souk.inventory.stock.Hold;
import io.souk.inventory.stock.Shortage;
import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.ArrayList;
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
    private static final List<String> OF_OWNER = List.of("status", "lines", "refused", "expiresAt");
    private static final List<String> OF_ORDER = List.of("orderId", "status", "lines", "refused", "expiresAt");

    static final List<String> STATUS = List.of("status");

    /** Of one whose units were lost by a fault, as it is found. */
    static final List<String> EMPTIED = List.of("status", "lines");

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

    /** Of one that nobody knew. */
    static List<String> all(Reservation made) {
        return made.orderId() == null ? OF_OWNER : OF_ORDER;
    }

    /** Of one that had run out and is held once more, or refused; its time is still the one that has passed. */
    static List<String> again(Reservation taken, List<Hold> before, List<Hold> after) {
        var changed = new ArrayList<>(STATUS);
        if (!lines(before).equals(lines(after))) {
            changed.add("lines");
        }
        if (!taken.refused().isEmpty()) {
            changed.add("refused");
        }
        return changed;
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
                lines(holds),
                reservation.refused(),
                reservation.expiresAt(),
                changed);
    }

    private static List<Line> lines(List<Hold> holds) {
        return holds.stream().map(Line::of).toList();
    }
}
