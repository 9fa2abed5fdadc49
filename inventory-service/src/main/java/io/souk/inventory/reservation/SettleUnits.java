package io.souk.inventory.reservation;

import io.smallrye.mutiny.Uni;
import io.souk.inventory.reservation.ReservationRepository.Locked;
import io.souk.inventory.unit.AssignUnits;
import io.souk.kit.tenant.Tx;
import jakarta.enterprise.context.ApplicationScoped;

import java.util.List;
import java.util.UUID;

/** Gives a reservation the units that are due to it, and takes from it what is not. */
@ApplicationScoped
public class SettleUnits {
    private final ReservationRepository reservations;
    private final HoldRepository holds;
    private final AssignUnits assignUnits;

    SettleUnits(ReservationRepository reservations, HoldRepository holds, AssignUnits assignUnits) {
        this.reservations = reservations;
        this.holds = holds;
        this.assignUnits = assignUnits;
    }

    /** Whether it has what is due to it: there may be too few that are free. */
    public Uni<Boolean> settle(Tx tx, UUID id) {
        return reservations
                .lock(tx, List.of(id))
                .map(locked -> locked.stream().anyMatch(SettleUnits::isConfirmed))
                .chain(confirmed ->
                        holds.list(tx, List.of(id)).chain(held -> assignUnits.settle(tx, id, held.of(id), confirmed)));
    }

    private static boolean isConfirmed(Locked locked) {
        return locked.reservation().status() == ReservationStatus.CONFIRMED;
    }
}
