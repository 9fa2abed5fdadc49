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

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * Gives back what open reservations hold once their time has run out. The worker role finds them across tenants, of each as
 * many as of another; each tenant's are then ended in one transaction of that tenant, which skips those that somebody else is
 * just changing.
 */
@ApplicationScoped
class ExpireReservations implements Sweep {
    /** One that waits for a lock keeps the next ones from their turn only when so many do. */
    private static final int TENANTS_AT_ONCE = 4;

    private static final int SET_ASIDE_AT_MOST = 10_000;

    private final Transactions transactions;
    private final ReservationRepository reservations;
    private final HoldRepository holds;
    private final GiveBackStock giveBackStock;
    private final TellReservation tell;
    private final Lateness lateness;
    private final ReservationConfig config;
    private final LeftBehind left = new LeftBehind(Logger.getLogger(ExpireReservations.class));

    /** What could not be ended, until all others have had their turn. */
    private final Set<UUID> setAside = ConcurrentHashMap.newKeySet();

    ExpireReservations(
            Transactions transactions,
            ReservationRepository reservations,
            HoldRepository holds,
            GiveBackStock giveBackStock,
            TellReservation tell,
            Lateness lateness,
            ReservationConfig config) {
        this.transactions = transactions;
        this.reservations = reservations;
        this.holds = holds;
        this.giveBackStock = giveBackStock;
        this.tell = tell;
        this.lateness = lateness;
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

    /** A batch of all tenants' in turn. However many cannot be ended, each of the others has its turn before these are tried again. */
    @Override
    public Uni<Boolean> sweep() {
        return transactions
                .asWorker(worker -> reservations.findDue(worker, setAside, config.sweepBatch()))
                .chain(due -> expireAll(due)
                        .map(dealtWith -> due.size() == config.sweepBatch()
                                && dealtWith > 0
                                && setAside.size() < SET_ASIDE_AT_MOST))
                .invoke(more -> {
                    if (!more) {
                        setAside.clear();
                    }
                })
                .onFailure()
                .invoke(setAside::clear);
    }

    /** How many are dealt with. */
    private Uni<Integer> expireAll(List<DueReservation> due) {
        var byTenant = due.stream()
                .collect(Collectors.groupingBy(
                        DueReservation::tenant,
                        LinkedHashMap::new,
                        Collectors.mapping(DueReservation::id, Collectors.toList())));
        return Multi.createFrom()
                .iterable(byTenant.entrySet())
                .onItem()
                .transformToUni(tenant -> turn(tenant.getKey(), tenant.getValue()))
                .merge(TENANTS_AT_ONCE)
                .collect()
                .with(Collectors.summingInt(Integer::intValue));
    }

    /** What may pass is tried again by the next sweep, and does not put it off: it is others' turn then, too. */
    private Uni<Integer> turn(TenantId tenant, List<UUID> due) {
        return expire(tenant, due).onFailure(Failures::isTransient).recoverWithItem(failure -> {
            left.tell("%d reservations of %s".formatted(due.size(), tenant.value()), failure);
            return 0;
        });
    }

    /** One that cannot be ended keeps none of its tenant's others waiting; what may pass ends the tenant's turn. */
    private Uni<Integer> expire(TenantId tenant, List<UUID> due) {
        long began = System.nanoTime();
        return transactions
                .inTenant(
                        tenant,
                        tx -> reservations
                                .waitBriefly(tx)
                                .chain(() -> reservations.expireDue(tx, due))
                                .call(expired -> giveBack(tx, expired)))
                .invoke(expired -> lateness.ended(expired, Duration.ofNanos(System.nanoTime() - began)))
                .map(List::size)
                .onFailure(failure -> !Failures.isTransient(failure))
                .recoverWithUni(
                        failure -> due.size() == 1 ? leave(tenant, due.getFirst(), failure) : oneByOne(tenant, due));
    }

    private Uni<Integer> oneByOne(TenantId tenant, List<UUID> due) {
        return Multi.createFrom()
                .iterable(due)
                .onItem()
                .transformToUniAndConcatenate(one -> expire(tenant, List.of(one)))
                .collect()
                .with(Collectors.summingInt(Integer::intValue));
    }

    private Uni<Integer> leave(TenantId tenant, UUID reservation, Throwable failure) {
        left.tell("reservation %s of %s".formatted(reservation, tenant.value()), failure);
        setAside.add(reservation);
        return Uni.createFrom().item(1);
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
