package io.souk.inventory.reservation;

import io.smallrye.mutiny.Uni;
import io.souk.inventory.reservation.ReservationRepository.Locked;
import io.souk.inventory.stock.GiveBackStock;
import io.souk.inventory.stock.Hold;
import io.souk.inventory.stock.ShipStock;
import io.souk.inventory.stock.Shipment;
import io.souk.inventory.unit.AssignUnits;
import io.souk.inventory.unit.ShipUnits;
import io.souk.kit.http.Preconditions;
import io.souk.kit.problem.Problem;
import io.souk.kit.tenant.Transactions;
import io.souk.kit.tenant.Tx;
import io.souk.kit.token.Caller;
import jakarta.enterprise.context.ApplicationScoped;
import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.List;
import java.util.UUID;

import static io.souk.inventory.InventoryProblem.RESERVATION_AT_ITS_LONGEST;
import static io.souk.inventory.InventoryProblem.RESERVATION_CLOSED;
import static io.souk.inventory.InventoryProblem.RESERVATION_NOT_CONFIRMED;
import static io.souk.inventory.InventoryProblem.RESERVATION_OF_ORDER;
import static io.souk.kit.problem.KitProblem.NOT_FOUND;

/**
 * What clients do with an owner's reservation. The row is locked first and its status decides, so each transition happens
 * once, whoever races: other clients, a cart that replaces it, the clock. Asking for what is so already changes nothing.
 *
 * <p>All fail with 404 for what the caller may not see, {@code RESERVATION_OF_ORDER} for an order's, 412 unless it is at the
 * version that was seen, and {@code RESERVATION_CLOSED} when its status or its time does not allow it.
 */
@ApplicationScoped
class ChangeReservation {
    private final Transactions transactions;
    private final ReservationRepository reservations;
    private final HoldRepository holds;
    private final GiveBackStock giveBackStock;
    private final AssignUnits assignUnits;
    private final ShipStock shipStock;
    private final ShipUnits shipUnits;
    private final TellReservation tell;
    private final ReservationConfig config;

    ChangeReservation(
            Transactions transactions,
            ReservationRepository reservations,
            HoldRepository holds,
            GiveBackStock giveBackStock,
            AssignUnits assignUnits,
            ShipStock shipStock,
            ShipUnits shipUnits,
            TellReservation tell,
            ReservationConfig config) {
        this.transactions = transactions;
        this.reservations = reservations;
        this.holds = holds;
        this.giveBackStock = giveBackStock;
        this.assignUnits = assignUnits;
        this.shipStock = shipStock;
        this.shipUnits = shipUnits;
        this.tell = tell;
        this.config = config;
    }

    /** One that this transaction has locked, with what it holds. */
    private record Present(Locked locked, List<Hold> holds) {
        Reservation reservation() {
            return locked.reservation();
        }

        boolean is(ReservationStatus status) {
            return reservation().status() == status;
        }

        boolean isOpen() {
            return is(ReservationStatus.OPEN) && !locked.due();
        }

        ReservationView view() {
            return ReservationView.of(reservation(), holds);
        }

        Problem closed() {
            return RESERVATION_CLOSED
                    .because(
                            is(ReservationStatus.OPEN)
                                    ? "Its time has run out"
                                    : "It is " + reservation().status())
                    .with("current", view());
        }

        /** @param longest for which it may be kept from when its owner began to hold; null for as long as one likes */
        void requireOpen(@Nullable Duration longest) {
            if (!isOpen()) {
                throw closed();
            }
            if (longest != null
                    && !reservation().expiresAt().isBefore(locked.heldSince().plus(longest))) {
                throw RESERVATION_AT_ITS_LONGEST
                        .because("A customer keeps what it holds for %d s from when it began to: it ends at %s"
                                .formatted(longest.toSeconds(), reservation().expiresAt()))
                        .with("until", reservation().expiresAt())
                        .with("current", view());
            }
        }

        Problem notConfirmed() {
            return RESERVATION_NOT_CONFIRMED
                    .because("It is " + reservation().status())
                    .with("current", view());
        }
    }

    /**
     * Lets it hold for that long from now on; for a customer not beyond the longest time that one may keep a hold. {@code
     * RESERVATION_AT_ITS_LONGEST} where that wins no time at all.
     */
    Uni<ReservationView> renew(Caller caller, UUID id, long seen, Duration lifetime) {
        @Nullable Duration longest = Owners.changesOnlyOwn(caller) ? config.customerLongest() : null;
        return transactions.inTenant(
                caller.tenant(),
                tx -> lock(tx, caller, id)
                        .invoke(present -> requireVersion(seen, present))
                        .invoke(present -> present.requireOpen(longest))
                        .chain(present -> reservations
                                .renew(tx, id, lifetime, longest)
                                .chain(renewed -> tell(tx, renewed, present, ReservationState.TIME))));
    }

    /** Makes it final: it no longer runs out. */
    Uni<ReservationView> confirm(Caller caller, UUID id, long seen) {
        return transactions.inTenant(
                caller.tenant(),
                tx -> lock(tx, caller, id).chain(present -> {
                    if (present.is(ReservationStatus.CONFIRMED)) {
                        return Uni.createFrom().item(present.view());
                    }
                    requireVersion(seen, present);
                    return present.isOpen()
                            ? assignUnits
                                    .assign(tx, id, present.holds(), null)
                                    .chain(() -> change(tx, present, ReservationStatus.CONFIRMED))
                            : Uni.createFrom().failure(present.closed());
                }));
    }

    /** Makes its units free. What is final was promised by the shop, and is not the customer's to give back here. */
    Uni<ReservationView> release(Caller caller, UUID id, long seen) {
        return transactions.inTenant(
                caller.tenant(),
                tx -> lock(tx, caller, id).chain(present -> {
                    if (present.is(ReservationStatus.RELEASED)) {
                        return Uni.createFrom().item(present.view());
                    }
                    requireVersion(seen, present);
                    boolean mayBe = present.is(ReservationStatus.OPEN)
                            || (present.is(ReservationStatus.CONFIRMED) && !Owners.changesOnlyOwn(caller));
                    return mayBe
                            ? giveBackStock
                                    .giveBack(tx, present.holds(), null)
                                    .chain(() -> assignUnits.giveBack(tx, id, present.holds(), null))
                                    .chain(() -> change(tx, present, ReservationStatus.RELEASED))
                            : Uni.createFrom().failure(present.closed());
                }));
    }

    /** Lets its units leave: {@code RESERVATION_NOT_CONFIRMED} unless it is final. Nothing brings them back here. */
    Uni<ReservationView> ship(Caller caller, UUID id, long seen) {
        return transactions.inTenant(
                caller.tenant(),
                tx -> lock(tx, caller, id).chain(present -> {
                    if (present.is(ReservationStatus.SHIPPED)) {
                        return Uni.createFrom().item(present.view());
                    }
                    requireVersion(seen, present);
                    return present.is(ReservationStatus.CONFIRMED)
                            ? shipStock
                                    .ship(tx, new Shipment(id, null, caller.subject(), null), present.holds())
                                    .chain(() -> shipUnits.shipped(tx, id, present.holds(), null))
                                    .chain(() -> change(tx, present, ReservationStatus.SHIPPED))
                            : Uni.createFrom().failure(present.notConfirmed());
                }));
    }

    private Uni<Present> lock(Tx tx, Caller caller, UUID id) {
        return reservations.lock(tx, List.of(id)).chain(found -> {
            var locked = found.stream()
                    .filter(one -> Owners.mayChange(caller, one.reservation()))
                    .findFirst()
                    .orElseThrow(() -> NOT_FOUND.because("There is no reservation " + id));
            return holds.list(tx, List.of(id)).map(held -> ownersOnly(new Present(locked, held.of(id))));
        });
    }

    private static Present ownersOnly(Present present) {
        if (present.reservation().orderId() != null) {
            throw RESERVATION_OF_ORDER
                    .because("Pay or cancel the order "
                            + present.reservation().orderId()
                            + ": its reservation follows it")
                    .with("current", present.view());
        }
        return present;
    }

    private static void requireVersion(long seen, Present present) {
        Preconditions.requireVersion(seen, present.reservation().version(), "reservation", present::view);
    }

    private Uni<ReservationView> change(Tx tx, Present present, ReservationStatus status) {
        return reservations
                .changeStatus(tx, present.reservation().id(), status)
                .chain(changed -> tell(tx, changed, present, ReservationState.STATUS));
    }

    private Uni<ReservationView> tell(Tx tx, Reservation changed, Present before, List<String> what) {
        return tell.of(tx, changed, before.holds(), what, null)
                .replaceWith(ReservationView.of(changed, before.holds()));
    }
}
