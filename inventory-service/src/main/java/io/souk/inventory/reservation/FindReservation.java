package io.souk.inventory.reservation;

import io.smallrye.mutiny.Uni;
import io.souk.kit.tenant.TenantId;
import io.souk.kit.tenant.Transactions;
import jakarta.enterprise.context.ApplicationScoped;

import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Looks a reservation up. */
@ApplicationScoped
class FindReservation {
    private final Transactions transactions;
    private final ReservationRepository reservations;

    FindReservation(Transactions transactions, ReservationRepository reservations) {
        this.transactions = transactions;
        this.reservations = reservations;
    }

    Uni<Optional<ReservationView>> find(TenantId tenant, UUID id) {
        return transactions.inTenant(
                tenant,
                tx -> reservations
                        .find(tx, id)
                        .chain(found -> reservations
                                .listHolds(tx, List.of(id))
                                .map(holds -> found.map(one -> ReservationView.of(one, holds.of(id))))));
    }
}
