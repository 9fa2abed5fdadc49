package io.souk.inventory.reservation;

import io.smallrye.mutiny.Uni;
import io.souk.inventory.reservation.ReservationRepository.Locked;
import io.souk.inventory.stock.Allocation;
import io.souk.inventory.stock.GiveBackStock;
import io.souk.inventory.stock.Hold;
import io.souk.inventory.stock.HoldStock;
import io.souk.inventory.stock.ShipStock;
import io.souk.inventory.stock.Shipment;
import io.souk.inventory.unit.AssignUnits;
import io.souk.inventory.unit.ShipUnits;
import io.souk.kit.consumer.Inbox;
import io.souk.kit.id.Ids;
import io.souk.kit.tenant.TenantId;
import io.souk.kit.tenant.Transactions;
import io.souk.kit.tenant.Tx;
import jakarta.enterprise.context.ApplicationScoped;
import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/** Makes the reservation of an order what the order's state asks for. */
@ApplicationScoped
class FollowOrder {
    /** Who lets an order's goods leave, as the ledger names it. */
    private static final String ORDERS = "/souk/orders";

    private final Transactions transactions;
    private final Inbox inbox;
    private final GatherCarts gatherCarts;
    private final ReservationRepository reservations;
    private final HoldRepository holds;
    private final HoldStock holdStock;
    private final GiveBackStock giveBackStock;
    private final AssignUnits assignUnits;
    private final ShipStock shipStock;
    private final ShipUnits shipUnits;
    private final TellReservation tell;
    private final ReservationConfig config;

    FollowOrder(
            Transactions transactions,
            Inbox inbox,
            GatherCarts gatherCarts,
            ReservationRepository reservations,
            HoldRepository holds,
            HoldStock holdStock,
            GiveBackStock giveBackStock,
            AssignUnits assignUnits,
            ShipStock shipStock,
            ShipUnits shipUnits,
            TellReservation tell,
            ReservationConfig config) {
        this.transactions = transactions;
        this.inbox = inbox;
        this.gatherCarts = gatherCarts;
        this.reservations = reservations;
        this.holds = holds;
        this.holdStock = holdStock;
        this.giveBackStock = giveBackStock;
        this.assignUnits = assignUnits;
        this.shipStock = shipStock;
        this.shipUnits = shipUnits;
        this.tell = tell;
        this.config = config;
    }

    /** Once for each event, and harmless for events of the same order in whatever order they come. */
    Uni<Void> follow(TenantId tenant, UUID event, UUID order, OrderState state) {
        return switch (state.wish()) {
            // The reservation's row is its own inbox: an order that has one, in whatever status, wants nothing more.
            case HOLD ->
                gatherCarts
                        .hold(tenant, new Cart.OfOrder(Ids.next(), order, event, state.needs(), state.replaces()))
                        .replaceWithVoid();
            case CONFIRM, KEEP, SHIP, DELIVER, RELEASE ->
                transactions.inTenant(
                        tenant,
                        tx -> inbox.once(
                                tx,
                                OrderEventsConsumer.NAME,
                                event,
                                () -> settle(tx, new OrderEvent(event, order, state))));
        };
    }

    private Uni<Void> settle(Tx tx, OrderEvent order) {
        return step(tx, order)
                .chain(() -> order.state().wish() == OrderWish.DELIVER
                        ? arrive(tx, order)
                        : Uni.createFrom().voidItem());
    }

    /** Nothing more of the reservation itself: its goods left before. */
    private Uni<Void> arrive(Tx tx, OrderEvent order) {
        return reservations
                .lockByOrder(tx, order.order())
                .chain(found -> found.filter(one -> one.status() == ReservationStatus.SHIPPED)
                        .map(shipped -> holds.list(tx, List.of(shipped.id()))
                                .chain(held ->
                                        shipUnits.delivered(tx, shipped.id(), held.of(shipped.id()), order.event())))
                        .orElseGet(() -> Uni.createFrom().voidItem()));
    }

    private Uni<Void> step(Tx tx, OrderEvent order) {
        return reservations.lockByOrder(tx, order.order()).chain(present -> perform(tx, order, present));
    }

    private Uni<Void> perform(Tx tx, OrderEvent order, Optional<Reservation> present) {
        return switch (Transition.of(
                present.map(Reservation::status).orElse(null), order.state().wish())) {
            case HOLD_AND_CONFIRM -> open(tx, order, ReservationStatus.CONFIRMED);
            case HOLD_AGAIN_AND_CONFIRM -> takeAgain(tx, order, present.orElseThrow(), ReservationStatus.CONFIRMED);
            case CONFIRM -> confirm(tx, order, present.orElseThrow());
            case SHIP -> ship(tx, order, present.orElseThrow());
            case TAKE_AND_SHIP -> open(tx, order, ReservationStatus.SHIPPED);
            case TAKE_AGAIN_AND_SHIP -> takeAgain(tx, order, present.orElseThrow(), ReservationStatus.SHIPPED);
            case GIVE_BACK -> giveBack(tx, order, present.orElseThrow());
            case VOID -> open(tx, order, ReservationStatus.RELEASED);
            case NOTHING -> Uni.createFrom().voidItem();
        };
    }

    /** The row comes first: it decides who serves the order, and stock is locked only by who does. */
    private Uni<Void> open(Tx tx, OrderEvent order, ReservationStatus status) {
        var made = NewReservation.ofOrder(Ids.next(), order.order(), status, config.lifetime());
        return reservations
                .insert(tx, List.of(made))
                .chain(inserted -> inserted.isEmpty()
                        // Another owner of the partition was faster and has committed: see what is there now.
                        ? step(tx, order)
                        : fill(tx, order, inserted.getFirst()));
    }

    private Uni<Void> fill(Tx tx, OrderEvent order, Reservation made) {
        return made.status() == ReservationStatus.RELEASED
                ? tell(tx, made, List.of(), ReservationState.all(made), order)
                : endReplaced(tx, order)
                        .chain(() -> take(tx, order, made.id(), made.status()))
                        .chain(allocation -> switch (allocation) {
                            case Allocation.Held held ->
                                keep(tx, order, made, held.holds(), ReservationState.all(made));
                            case Allocation.Refused shortage ->
                                reservations
                                        .refuseNew(tx, Map.of(made.id(), shortage.lines()))
                                        .chain(refused -> tell(
                                                tx, refused.getFirst(), List.of(), ReservationState.all(made), order));
                        });
    }

    /**
     * An order that has got this far had been served, and what it replaced had ended with that: a database that knows of neither
     * was restored to an earlier moment. So it ends in any case. Levels are locked twice then, and who meets another doing so in
     * a ring is tried again.
     */
    private Uni<Void> endReplaced(Tx tx, OrderEvent order) {
        @Nullable UUID replaced = order.state().replaces();
        return replaced == null
                ? Uni.createFrom().voidItem()
                : reservations
                        .lock(tx, List.of(replaced))
                        .map(locked -> locked.stream()
                                .map(Locked::reservation)
                                .filter(Reservation::makesRoom)
                                .findFirst())
                        .chain(present -> present.map(hold -> giveBack(tx, order, hold))
                                .orElseGet(() -> Uni.createFrom().voidItem()));
    }

    /** What nobody holds yet is held, or leaves at once. */
    private Uni<Allocation> take(Tx tx, OrderEvent order, UUID reservation, ReservationStatus status) {
        var needs = order.state().needs();
        return status == ReservationStatus.SHIPPED
                ? shipStock.shipFree(tx, shipment(order, reservation), needs)
                : holdStock.hold(tx, needs, order.event());
    }

    private Uni<Void> keep(Tx tx, OrderEvent order, Reservation reservation, List<Hold> held, List<String> changed) {
        return holds.insert(tx, Holds.of(reservation.id(), held))
                .chain(() -> reservation.status() == ReservationStatus.SHIPPED
                        ? shipUnits.shipped(tx, reservation.id(), held, order.event())
                        : assignUnits.assign(tx, reservation.id(), held, order.event()))
                .chain(() -> tell(tx, reservation, held, changed, order));
    }

    private Uni<Void> takeAgain(Tx tx, OrderEvent order, Reservation expired, ReservationStatus status) {
        return holds.list(tx, List.of(expired.id()))
                .map(held -> held.of(expired.id()))
                .call(() -> holds.remove(tx, expired.id()))
                .chain(before -> takeAgain(tx, order, expired, before, status));
    }

    private Uni<Void> takeAgain(
            Tx tx, OrderEvent order, Reservation expired, List<Hold> before, ReservationStatus status) {
        return take(tx, order, expired.id(), status).chain(allocation -> switch (allocation) {
            case Allocation.Held(var after) ->
                reservations
                        .changeStatus(tx, expired.id(), status)
                        .chain(taken -> keep(tx, order, taken, after, ReservationState.again(taken, before, after)));
            case Allocation.Refused shortage ->
                reservations
                        .refuse(tx, expired.id(), shortage.lines())
                        .chain(refused -> tell(
                                tx, refused, List.of(), ReservationState.again(refused, before, List.of()), order));
        });
    }

    private Uni<Void> confirm(Tx tx, OrderEvent order, Reservation present) {
        return change(
                tx,
                order,
                present,
                ReservationStatus.CONFIRMED,
                held -> assignUnits.assign(tx, present.id(), held, order.event()));
    }

    private Uni<Void> ship(Tx tx, OrderEvent order, Reservation present) {
        return change(
                tx,
                order,
                present,
                ReservationStatus.SHIPPED,
                held -> shipStock
                        .ship(tx, shipment(order, present.id()), held)
                        .chain(() -> shipUnits.shipped(tx, present.id(), held, order.event())));
    }

    private static Shipment shipment(OrderEvent order, UUID reservation) {
        return new Shipment(reservation, order.order(), ORDERS, order.event());
    }

    private Uni<Void> giveBack(Tx tx, OrderEvent order, Reservation present) {
        return change(
                tx,
                order,
                present,
                ReservationStatus.RELEASED,
                held -> giveBackStock
                        .giveBack(tx, held, order.event())
                        .chain(() -> assignUnits.giveBack(tx, present.id(), held, order.event())));
    }

    /** @param effect what the change does to what is held */
    private Uni<Void> change(
            Tx tx,
            OrderEvent order,
            Reservation present,
            ReservationStatus status,
            Function<List<Hold>, Uni<Void>> effect) {
        return reservations
                .changeStatus(tx, present.id(), status)
                .chain(changed -> holds.list(tx, List.of(present.id()))
                        .map(held -> held.of(present.id()))
                        .call(effect::apply)
                        .chain(held -> tell(tx, changed, held, ReservationState.STATUS, order)));
    }

    private Uni<Void> tell(Tx tx, Reservation reservation, List<Hold> held, List<String> changed, OrderEvent order) {
        return tell.of(tx, reservation, held, changed, order.event());
    }

    private record OrderEvent(UUID event, UUID order, OrderState state) {}
}
