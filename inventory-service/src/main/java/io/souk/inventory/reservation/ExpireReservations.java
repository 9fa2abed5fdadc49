package io.souk.inventory.reservation;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.souk.inventory.stock.GiveBackStock;
import io.souk.kit.sweep.Sweep;
import io.souk.kit.tenant.TenantId;
import io.souk.kit.tenant.Transactions;
import io.souk.kit.tenant.Tx;
import jakarta.enterprise.context.ApplicationScoped;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Gives back what open reservations hold once their time has run out. The worker role finds them across tenants; each
 * tenant's are then ended in one transaction of that tenant, which skips those that somebody else is just changing.
 */
@ApplicationScoped
class ExpireReservations implements Sweep {
    private final Transactions transactions;
    private final ReservationRepository reservations;
    private final GiveBackStock giveBackStock;
    private final TellReservation tell;
    private final ReservationConfig config;

    ExpireReservations(
            Transactions transactions,
            ReservationRepository reservations,
            GiveBackStock giveBackStock,
            TellReservation tell,
            ReservationConfig config) {
        this.transactions = transactions;
        this.reservations = reservations;
        this.giveBackStock = giveBackStock;
        this.tell = tell;
        this.config = config;
    }

    @Override
    public String name() {
        return "reservation-expiry";
    }

    @Override
    public Duration pause() {
        return config.sweepPause();
    }

    @Override
    public Uni<Boolean> sweep() {
        return reservations.findDue(transactions, config.sweepBatch()).chain(this::expireAll);
    }

    /** True when the batch was full and something of it could be ended. */
    private Uni<Boolean> expireAll(Map<TenantId, List<UUID>> due) {
        long found = due.values().stream().mapToLong(List::size).sum();
        return Multi.createFrom()
                .iterable(due.entrySet())
                .onItem()
                .transformToUniAndConcatenate(tenant -> expire(tenant.getKey(), tenant.getValue()))
                .collect()
                .with(java.util.stream.Collectors.summingInt(Integer::intValue))
                .map(expired -> found == config.sweepBatch() && expired > 0);
    }

    private Uni<Integer> expire(TenantId tenant, List<UUID> due) {
        return transactions.inTenant(
                tenant,
                tx -> reservations
                        .expireDue(tx, due)
                        .call(expired -> giveBack(tx, expired))
                        .map(List::size));
    }

    private Uni<Void> giveBack(Tx tx, List<Reservation> expired) {
        if (expired.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        return reservations
                .listHolds(tx, expired.stream().map(Reservation::id).toList())
                .call(holds -> giveBackStock.giveBack(tx, holds.all(), null))
                .chain(holds -> tell.expired(tx, expired, holds));
    }
}
