package io.souk.inventory.reservation;

import io.smallrye.mutiny.Uni;
import io.souk.inventory.Topics;
import io.souk.inventory.stock.Hold;
import io.souk.kit.event.Change;
import io.souk.kit.outbox.Outbox;
import io.souk.kit.tenant.Tx;
import jakarta.enterprise.context.ApplicationScoped;
import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.UUID;

/** Tells of reservations, in the transaction that changed them. */
@ApplicationScoped
class TellReservation {
    private final Outbox outbox;

    TellReservation(Outbox outbox) {
        this.outbox = outbox;
    }

    /** Of one whose lines are new. */
    Uni<Void> heldAnew(Tx tx, Reservation reservation, List<Hold> holds, UUID cause) {
        return outbox.append(tx, change(ReservationState.of(reservation, holds, true), cause));
    }

    /** Of one of which only the status has moved; {@code cause} null when it was the clock. */
    Uni<Void> statusOf(Tx tx, Reservation reservation, List<Hold> holds, @Nullable UUID cause) {
        return outbox.append(tx, change(ReservationState.of(reservation, holds, false), cause));
    }

    /** Of several that ran out. */
    Uni<Void> expired(Tx tx, List<Reservation> reservations, Holds holds) {
        return outbox.appendAll(
                tx,
                reservations.stream()
                        .map(one -> change(ReservationState.of(one, holds.of(one.id()), false), null))
                        .toList());
    }

    private static Change change(ReservationState state, @Nullable UUID cause) {
        var change = Change.changed(Topics.RESERVATION, state.id(), state.version(), state);
        return cause == null ? change : change.causedBy(cause);
    }
}
