package io.souk.inventory.reservation;

import io.smallrye.mutiny.Uni;
import io.souk.inventory.reservation.TellReservation.News;
import io.souk.inventory.stock.Breadth;
import io.souk.inventory.stock.FreeStock;
import io.souk.inventory.stock.Hold;
import io.souk.inventory.stock.HoldStock;
import io.souk.inventory.stock.Shortage;
import io.souk.kit.http.AggregateVersions;
import io.souk.kit.http.Preconditions;
import io.souk.kit.idempotency.Answer;
import io.souk.kit.idempotency.IdempotentBatch;
import io.souk.kit.idempotency.IdempotentBatch.Command;
import io.souk.kit.outbox.Outbox;
import io.souk.kit.problem.Problem;
import io.souk.kit.tenant.TenantId;
import io.souk.kit.tenant.TransactionFailure.Overtaken;
import io.souk.kit.tenant.Transactions;
import io.souk.kit.tenant.Tx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.HttpHeaders;
import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

import static io.souk.inventory.InventoryProblem.OUT_OF_STOCK;

/**
 * Holds the carts of one tenant in one transaction: as many statements, and one commit, however many they are. Locks are
 * taken in the order idempotency keys (which nobody waits for), customers who hold for themselves, reservations, stock levels, each
 * kind in one order.
 */
@ApplicationScoped
class HoldCarts {
    private static final int CREATED = 201;
    private static final String SCATTERED =
            " in the %d lots and locations that one line can be held from; what more there is takes another line"
                    .formatted(FreeStock.LEVELS_OF_A_LINE);

    private final Transactions transactions;
    private final AdmitCarts admitCarts;
    private final ReservationRepository reservations;
    private final HoldRepository holds;
    private final HoldStock holdStock;
    private final TellReservation tell;
    private final IdempotentBatch idempotent;
    private final Outbox outbox;
    private final ReservationConfig config;

    HoldCarts(
            Transactions transactions,
            AdmitCarts admitCarts,
            ReservationRepository reservations,
            HoldRepository holds,
            HoldStock holdStock,
            TellReservation tell,
            IdempotentBatch idempotent,
            Outbox outbox,
            ReservationConfig config) {
        this.transactions = transactions;
        this.admitCarts = admitCarts;
        this.reservations = reservations;
        this.holds = holds;
        this.holdStock = holdStock;
        this.tell = tell;
        this.idempotent = idempotent;
        this.outbox = outbox;
        this.config = config;
    }

    /**
     * What came of each cart, by its reservation's id. They are served in their order; one refused is not in another's way.
     * Nobody is refused because others emptied what was chosen for him: all is chosen anew then, each time wider, and fails
     * with {@link Overtaken} in the end.
     */
    Uni<Map<UUID, Outcome>> hold(TenantId tenant, List<Cart> carts) {
        return hold(tenant, carts, Breadth.USUAL);
    }

    /** Not within the transaction: more levels, behind those that are locked, would be locked in another order. */
    private Uni<Map<UUID, Outcome>> hold(TenantId tenant, List<Cart> carts, Breadth breadth) {
        return transactions
                .inTenant(tenant, tx -> hold(tx, carts, breadth))
                .onFailure(Overtaken.class)
                .recoverWithUni(overtaken -> breadth.wider()
                        .map(wider -> hold(tenant, carts, wider))
                        .orElseGet(() -> Uni.createFrom().failure(overtaken)));
    }

    private Uni<Map<UUID, Outcome>> hold(Tx tx, List<Cart> carts, Breadth breadth) {
        return insertOrders(tx, only(carts, Cart.OfOrder.class))
                .chain(made -> admitCarts
                        .admit(tx, unserved(carts, made))
                        .chain(admission -> serve(tx, admission.wanted(), made, breadth)
                                .map(served -> outcomes(carts, admission.done(), served))));
    }

    /** An order that has no new row has been served before. */
    private static List<Cart> unserved(List<Cart> carts, Map<UUID, Reservation> made) {
        return carts.stream()
                .filter(cart -> cart instanceof Cart.OfOwner || made.containsKey(cart.reservation()))
                .toList();
    }

    /** The row comes first: it decides who serves the order, and stock is locked only by who does. */
    private Uni<Map<UUID, Reservation>> insertOrders(Tx tx, List<Cart.OfOrder> carts) {
        return insert(
                tx,
                carts.stream()
                        .map(cart -> NewReservation.ofOrder(
                                cart.reservation(), cart.order(), ReservationStatus.OPEN, config.lifetime()))
                        .toList());
    }

    private Uni<Map<UUID, Reservation>> insert(Tx tx, List<NewReservation> wanted) {
        return wanted.isEmpty()
                ? Uni.createFrom().item(Map.of())
                : reservations.insert(tx, wanted).map(HoldCarts::byId);
    }

    private Uni<Map<UUID, Outcome>> serve(
            Tx tx, List<Wanted> wanted, Map<UUID, Reservation> ofOrders, Breadth breadth) {
        if (wanted.isEmpty()) {
            return Uni.createFrom().item(Map.of());
        }
        var needs = wanted.stream().flatMap(one -> one.needs().stream()).toList();
        var giving = wanted.stream().flatMap(one -> one.giving().stream()).toList();
        return holdStock.lock(tx, needs, giving, breadth).chain(stock -> {
            var served = Served.of(wanted, stock);
            return holdStock
                    .write(tx, stock, causeOfAll(wanted))
                    .chain(() -> insert(tx, clients(served, config.customerLongest())))
                    .chain(ofClients -> refuse(tx, served)
                            .chain(refused -> release(tx, served).chain(released -> {
                                var rows = new HashMap<>(ofOrders);
                                rows.putAll(ofClients);
                                rows.putAll(refused);
                                return write(tx, served, rows, released);
                            })));
        });
    }

    private static List<NewReservation> clients(List<Served> served, Duration longest) {
        return served.stream()
                .filter(Served::isHeld)
                .<NewReservation>mapMulti((one, made) -> {
                    if (one.cart() instanceof Cart.OfOwner cart) {
                        made.accept(NewReservation.ofOwner(cart, one.gone(), longest));
                    }
                })
                .toList();
    }

    /** An order hears of a refusal by its reservation's event; a client is answered, and leaves no trace. */
    private Uni<Map<UUID, Reservation>> refuse(Tx tx, List<Served> served) {
        var refused = served.stream()
                .filter(one -> !one.isHeld() && one.cart() instanceof Cart.OfOrder)
                .collect(Collectors.toMap(one -> one.cart().reservation(), Served::shortages));
        return refused.isEmpty()
                ? Uni.createFrom().item(Map.of())
                : reservations.refuseNew(tx, refused).map(HoldCarts::byId);
    }

    private Uni<List<News>> release(Tx tx, List<Served> served) {
        var gone = served.stream().map(Served::gone).filter(Objects::nonNull).toList();
        if (gone.isEmpty()) {
            return Uni.createFrom().item(List.of());
        }
        var ids = gone.stream().map(one -> one.reservation().id()).toList();
        return reservations.changeStatus(tx, ids, ReservationStatus.RELEASED).map(released -> {
            var rows = byId(released);
            return gone.stream()
                    .map(one -> new News(
                            Objects.requireNonNull(rows.get(one.reservation().id())),
                            one.holds(),
                            ReservationState.STATUS,
                            null))
                    .toList();
        });
    }

    private Uni<Map<UUID, Outcome>> write(
            Tx tx, List<Served> served, Map<UUID, Reservation> rows, List<News> released) {
        var held = new LinkedHashMap<UUID, List<Hold>>();
        var news = new ArrayList<>(released);
        for (var one : served) {
            var id = one.cart().reservation();
            @Nullable Reservation row = rows.get(id);
            if (row != null) {
                news.add(new News(row, one.holds(), ReservationState.all(row), cause(one.cart())));
            }
            if (one.isHeld()) {
                held.put(id, one.holds());
            }
        }
        return (held.isEmpty() ? Uni.createFrom().voidItem() : holds.insert(tx, new Holds(held)))
                .chain(() -> tell.all(tx, news))
                .chain(() -> answer(tx, served, rows));
    }

    /** Once all is told, so that each client's answer can name what it changed. */
    private Uni<Map<UUID, Outcome>> answer(Tx tx, List<Served> served, Map<UUID, Reservation> rows) {
        var outcomes = new HashMap<UUID, Outcome>();
        var answers = new HashMap<Command, Answer>();
        for (var one : served) {
            @Nullable Reservation row = rows.get(one.cart().reservation());
            outcomes.put(
                    one.cart().reservation(),
                    switch (one.cart()) {
                        case Cart.OfOrder _ -> new Outcome.Settled();
                        case Cart.OfOwner cart
                        when row != null -> {
                            var answer = answer(row, one, outbox.appended(tx, one.aggregates()));
                            answers.put(cart.command(), answer);
                            yield new Outcome.Answered(answer);
                        }
                        case Cart.OfOwner cart -> new Outcome.Refused(outOfStock(cart, one.shortages()));
                    });
        }
        return idempotent.store(tx, AdmitCarts.OPERATION, answers).replaceWith(outcomes);
    }

    private static Answer answer(Reservation row, Served served, AggregateVersions changed) {
        return Answer.of(CREATED, ReservationView.of(row, served.holds()))
                .with(HttpHeaders.LOCATION, "/v1/reservations/" + row.id())
                .with(HttpHeaders.ETAG, Preconditions.etag(row.version()))
                .with(AggregateVersions.VERSION, changed.format());
    }

    private static Problem outOfStock(Cart.OfOwner cart, List<Shortage> lines) {
        var problem = OUT_OF_STOCK
                .because("Nothing is held: " + lines.size() + " of the lines ask for more than they can have")
                .with("refused", lines);
        lines.forEach(line -> problem.at(
                cart.lines().get(line.line()).sizeField(),
                "%d of %d units of %s are free".formatted(line.available(), line.requested(), line.sku())
                        + (line.reason() == Shortage.Reason.SCATTERED ? SCATTERED : "")));
        return problem;
    }

    /** An order that is not served here has been before. */
    private static Map<UUID, Outcome> outcomes(List<Cart> carts, Map<UUID, Outcome> done, Map<UUID, Outcome> served) {
        var all = new HashMap<UUID, Outcome>();
        only(carts, Cart.OfOrder.class).forEach(cart -> all.put(cart.reservation(), new Outcome.Settled()));
        all.putAll(done);
        all.putAll(served);
        return all;
    }

    /** A level's one event can name one cause. */
    private static @Nullable UUID causeOfAll(Collection<Wanted> wanted) {
        return wanted.size() == 1 ? cause(wanted.iterator().next().cart()) : null;
    }

    private static @Nullable UUID cause(Cart cart) {
        return switch (cart) {
            case Cart.OfOrder order -> order.event();
            case Cart.OfOwner _ -> null;
        };
    }

    private static Map<UUID, Reservation> byId(List<Reservation> rows) {
        return rows.stream().collect(Collectors.toUnmodifiableMap(Reservation::id, Function.identity()));
    }

    private static <C extends Cart> List<C> only(List<Cart> carts, Class<C> kind) {
        return carts.stream().filter(kind::isInstance).map(kind::cast).toList();
    }
}
