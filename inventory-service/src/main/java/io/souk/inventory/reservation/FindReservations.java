package io.souk.inventory.reservation;

import io.smallrye.mutiny.Uni;
import io.souk.inventory.stock.Hold;
import io.souk.inventory.unit.TakenUnits;
import io.souk.kit.page.Cursor;
import io.souk.kit.page.Limit;
import io.souk.kit.page.Page;
import io.souk.kit.tenant.Transactions;
import io.souk.kit.tenant.Tx;
import io.souk.kit.token.Caller;
import jakarta.enterprise.context.ApplicationScoped;
import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Looks reservations up, for those who may see them. */
@ApplicationScoped
class FindReservations {
    private static final UUID AFTER_ALL = new UUID(-1, -1);

    private final Transactions transactions;
    private final ReservationRepository reservations;
    private final HoldRepository holds;
    private final TakenUnits takenUnits;

    FindReservations(
            Transactions transactions,
            ReservationRepository reservations,
            HoldRepository holds,
            TakenUnits takenUnits) {
        this.transactions = transactions;
        this.reservations = reservations;
        this.holds = holds;
        this.takenUnits = takenUnits;
    }

    /** With the units that it has, where each is known. Empty too for one that is not the caller's to see. */
    Uni<Optional<ReservationView>> find(Caller caller, UUID id) {
        return transactions.inTenant(
                caller.tenant(),
                tx -> reservations
                        .find(tx, id)
                        .map(found -> found.filter(one -> Owners.maySee(caller, one)))
                        .chain(found -> found.isPresent()
                                ? view(tx, found.get()).map(Optional::of)
                                : Uni.createFrom().item(Optional.<ReservationView>empty())));
    }

    private Uni<ReservationView> view(Tx tx, Reservation reservation) {
        return holds.list(tx, List.of(reservation.id())).chain(held -> {
            var view = ReservationView.of(reservation, held.all());
            return held.all().stream().anyMatch(Hold::byUnit)
                    ? takenUnits.of(tx, reservation.id()).map(view::with)
                    : Uni.createFrom().item(view);
        });
    }

    /** Newest first. Those who have only their own get these whatever they ask for. */
    Uni<Page<ReservationView>> list(
            Caller caller,
            @Nullable String owner,
            @Nullable ReservationStatus status,
            Limit limit,
            @Nullable String cursor) {
        var before = cursor == null ? AFTER_ALL : Cursor.id(Cursor.decode(cursor, 1), 0);
        var whose = Owners.seesOnlyOwn(caller) ? caller.subject() : owner;
        return transactions.inTenant(
                caller.tenant(),
                tx -> reservations
                        .list(tx, whose, status, before, limit.probe())
                        .map(rows -> Page.of(rows, limit, last -> Cursor.encode(last.id())))
                        .chain(page -> views(tx, page.items()).map(views -> new Page<>(views, page.next()))));
    }

    private Uni<List<ReservationView>> views(Tx tx, List<Reservation> found) {
        return found.isEmpty()
                ? Uni.createFrom().item(List.of())
                : holds.list(tx, found.stream().map(Reservation::id).toList())
                        .map(held -> found.stream()
                                .map(one -> ReservationView.of(one, held.of(one.id())))
                                .toList());
    }
}
