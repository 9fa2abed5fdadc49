package io.souk.inventory.reservation;

import io.smallrye.mutiny.Uni;
import io.souk.inventory.Topics;
import io.souk.kit.event.AggregateType;
import io.souk.kit.event.Change;
import io.souk.kit.retelling.RetoldRows;
import io.souk.kit.tenant.Tx;
import jakarta.enterprise.context.ApplicationScoped;

import java.util.Collection;
import java.util.List;
import java.util.UUID;

/** Reservations, told once more. */
@ApplicationScoped
class ReservationRows implements RetoldRows {
    private final ReservationRepository reservations;
    private final HoldRepository holds;

    ReservationRows(ReservationRepository reservations, HoldRepository holds) {
        this.reservations = reservations;
        this.holds = holds;
    }

    @Override
    public AggregateType aggregate() {
        return Topics.RESERVATION;
    }

    @Override
    public String table() {
        return "reservation";
    }

    @Override
    public Uni<List<Change>> lockAndTell(Tx tx, Collection<UUID> ids) {
        return reservations
                .lock(tx, ids)
                .chain(locked -> holds.list(tx, ids)
                        .map(held -> locked.stream()
                                .map(one -> change(one.reservation(), held))
                                .toList()));
    }

    private static Change change(Reservation reservation, Holds held) {
        return Change.changed(
                Topics.RESERVATION,
                reservation.id(),
                reservation.version(),
                ReservationState.unchanged(reservation, held.of(reservation.id())));
    }
}
