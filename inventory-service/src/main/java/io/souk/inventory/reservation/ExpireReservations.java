package io.souk.inventory.reservation;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.souk.inventory.reservation.TellReservation.News;
import io.souk.inventory.stock.GiveBackStock;
import io.souk.kit.sweep.LeftBehind;
import io.souk.kit.sweep.Sweep;
import io.souk.kit.tenant.Failures;
import io.souk.kit.tenant.TenantId;
import io.souk.kit.tenant.Transactions;
import io.souk.kit.tenant.Tx;
import jakarta.enterprise.context.ApplicationScoped;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Gives back what open reservations hold once their time has run out. The worker role finds them across tenants; each
 * tenant's are then ended in one transaction of that tenant, which skips those that somebody else is just changing.
 */
@ApplicationScoped
class ExpireReservations implements Sweep {
    private final Transactions transactions;
    private final ReservationRepository reservations;
    private final HoldRepository holds;
    private final GiveBackStock giveBackStock;
    private final TellReservation tell;
    private final ReservationConfig config;
    private final LeftBehind left = new LeftBehind(Logger.getLogger(ExpireReservations.class));
    private volatile @Nullable DueReservation last;

    ExpireReservations(
            Transactions transactions,
            ReservationRepository reservations,
            HoldRepository holds,
            GiveBackStock giveBackStock,
            TellReservation tell,
            ReservationConfig config) {
        this.transactions = transactions;
        this.reservations = reservations;
        this.holds = holds;
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

    /**
     * Goes on behind the reservations of the last turn, and begins again once it has seen all: however many cannot be ended,
     * each of the others has its turn.
     */
    @Override
    public Uni<Boolean> sweep() {
        return transactions
                .asWorker(worker -> reservations.findDue(worker, last, config.sweepBatch()))
                .chain(due -> {
                    boolean full = due.size() == config.sweepBatch();
                    last = full ? due.getLast() : null;
                    return expireAll(due).map(expired -> full && expired > 0);
                });
    }

    private Uni<Integer> expireAll(List<DueReservation> due) {
        var byTenant = due.stream()
                .collect(Collectors.groupingBy(
                        DueReservation::tenant, Collectors.mapping(DueReservation::id, Collectors.toList())));
        return sum(byTenant.entrySet(), tenant -> expire(tenant.getKey(), tenant.getValue()));
    }

    /** One that cannot be ended keeps neither its tenant's others nor other tenants' waiting; what may pass ends the sweep. */
    private Uni<Integer> expire(TenantId tenant, List<UUID> due) {
        return transactions
                .inTenant(
                        tenant,
                        tx -> reservations
                                .expireDue(tx, due)
                                .call(expired -> giveBack(tx, expired))
                                .map(List::size))
                .onFailure(failure -> !Failures.isTransient(failure))
                .recoverWithUni(failure -> due.size() == 1
                        ? leave(tenant, due.getFirst(), failure)
                        : sum(due, one -> expire(tenant, List.of(one))));
    }

    private Uni<Integer> leave(TenantId tenant, UUID reservation, Throwable failure) {
        left.tell("reservation %s of %s".formatted(reservation, tenant.value()), failure);
        return Uni.createFrom().item(0);
    }

    private static <T> Uni<Integer> sum(Collection<T> items, Function<T, Uni<? extends Integer>> each) {
        return Multi.createFrom()
                .iterable(items)
                .onItem()
                .transformToUniAndConcatenate(each)
                .collect()
                .with(Collectors.summingInt(Integer::intValue));
    }

    private Uni<Void> giveBack(Tx tx, List<Reservation> expired) {
        if (expired.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        return holds.list(tx, expired.stream().map(Reservation::id).toList())
                .call(held -> giveBackStock.giveBack(tx, held.all(), null))
                .chain(held -> tell.all(
                        tx,
                        expired.stream()
                                .map(one -> new News(one, held.of(one.id()), ReservationState.STATUS, null))
                                .toList()));
    }
}
