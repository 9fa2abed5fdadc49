package io.souk.inventory.reservation;

import io.smallrye.mutiny.Uni;
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

    FindReservations(Transactions transactions, ReservationRepository reservations, HoldRepository holds) {
        this.transactions = transactions;
        this.reservations = reservations;
        this.holds = holds;
    }

    /** Empty too for one that is not the caller's to see. */
    Uni<Optional<ReservationView>> find(Caller caller, UUID id) {
        return transactions.inTenant(
                caller.tenant(),
                tx -> reservations
                        .find(tx, id)
                        .map(found -> found.filter(one -> Owners.maySee(caller, one)))
                        .chain(found -> views(tx, found.stream().toList())
                                .map(views -> views.stream().findFirst())));
    }

    /** Newest first. Those who have only their own get these whatever they ask for. */
    Uni<Page<ReservationView>> list(Caller caller, @Nullable String owner, Limit limit, @Nullable String cursor) {
        var before = cursor == null ? AFTER_ALL : Cursor.id(Cursor.decode(cursor, 1), 0);
        var whose = Owners.seesOnlyOwn(caller) ? caller.subject() : owner;
        return transactions.inTenant(
                caller.tenant(),
                tx -> reservations
                        .list(tx, whose, before, limit.probe())
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
