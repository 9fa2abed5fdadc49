package io.souk.inventory.reservation;

import io.smallrye.mutiny.Uni;
import io.souk.inventory.reservation.ReservationRepository.Locked;
import io.souk.inventory.reservation.TellReservation.News;
import io.souk.kit.tenant.Tx;
import jakarta.enterprise.context.ApplicationScoped;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/** Ends live reservations that hold nothing, so that their orders and owners hear of it. */
@ApplicationScoped
public class ReleaseEmptyReservations {
    private final ReservationRepository reservations;
    private final HoldRepository holds;
    private final TellReservation tell;

    ReleaseEmptyReservations(ReservationRepository reservations, HoldRepository holds, TellReservation tell) {
        this.reservations = reservations;
        this.holds = holds;
        this.tell = tell;
    }

    /** Those that were released: of these, the ones that are live and empty once they are locked. */
    public Uni<Set<UUID>> release(Tx tx, Collection<UUID> ids) {
        return reservations
                .lock(tx, ids)
                .chain(locked -> holds.list(tx, ids)
                        .map(held -> locked.stream()
                                .map(Locked::reservation)
                                .filter(one -> one.status() == ReservationStatus.OPEN
                                        || one.status() == ReservationStatus.CONFIRMED)
                                .map(Reservation::id)
                                .filter(id -> held.of(id).isEmpty())
                                .toList()))
                .chain(empty -> empty.isEmpty()
                        ? Uni.createFrom().item(List.<Reservation>of())
                        : reservations.changeStatus(tx, empty, ReservationStatus.RELEASED))
                .call(released -> tell.all(
                        tx,
                        released.stream()
                                .map(one -> new News(one, List.of(), ReservationState.EMPTIED, null))
                                .toList()))
                .map(released -> released.stream().map(Reservation::id).collect(Collectors.toUnmodifiableSet()));
    }
}
