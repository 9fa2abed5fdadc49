package io.souk.inventory.reservation;

import io.smallrye.mutiny.Uni;
import io.souk.inventory.location.FindLocations;
import io.souk.inventory.location.Location;
import io.souk.inventory.pack.FindGoods;
import io.souk.inventory.pack.NamedGoods;
import io.souk.inventory.reservation.ReservationRepository.Locked;
import io.souk.inventory.reservation.Wanted.Replaced;
import io.souk.inventory.stock.Need;
import io.souk.kit.idempotency.IdempotentBatch;
import io.souk.kit.idempotency.IdempotentBatch.Claim;
import io.souk.kit.problem.Problem;
import io.souk.kit.tenant.Tx;
import jakarta.enterprise.context.ApplicationScoped;
import org.jspecify.annotations.Nullable;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

import static io.souk.inventory.InventoryProblem.RESERVATION_CLOSED;
import static io.souk.inventory.InventoryProblem.UNKNOWN_LOCATION;
import static io.souk.inventory.InventoryProblem.UNKNOWN_SKU;
import static io.souk.kit.problem.KitProblem.INVALID;

/** Lets all carts of orders take part, and of clients' those that are here for the first time and name what there is. */
@ApplicationScoped
class AdmitCarts {
    static final String OPERATION = "reservation.hold";

    private final IdempotentBatch idempotent;
    private final FindGoods findGoods;
    private final FindLocations findLocations;
    private final ReservationRepository reservations;
    private final HoldRepository holds;
    private final CustomerRepository customers;
    private final ReservationConfig config;

    AdmitCarts(
            IdempotentBatch idempotent,
            FindGoods findGoods,
            FindLocations findLocations,
            ReservationRepository reservations,
            HoldRepository holds,
            CustomerRepository customers,
            ReservationConfig config) {
        this.idempotent = idempotent;
        this.findGoods = findGoods;
        this.findLocations = findLocations;
        this.reservations = reservations;
        this.holds = holds;
        this.customers = customers;
        this.config = config;
    }

    /**
     * Who takes part, and what the others are answered, by the id of the reservation.
     *
     * @param done mutable, for the one transaction
     */
    record Admission(List<Wanted> wanted, Map<UUID, Outcome> done) {}

    /** In the order of the carts. Locks customers who hold something for themselves, then what is to be replaced; no stock yet. */
    Uni<Admission> admit(Tx tx, List<Cart> carts) {
        var done = new HashMap<UUID, Outcome>();
        return granted(tx, carts, done)
                .chain(granted -> lookUp(tx, granted)
                        .map(known -> granted.stream()
                                .map(cart -> wanted(cart, known, done))
                                .filter(Objects::nonNull)
                                .toList()))
                .map(wanted -> new Admission(wanted, done));
    }

    private Uni<List<Cart>> granted(Tx tx, List<Cart> carts, Map<UUID, Outcome> done) {
        var clients = clients(carts);
        return idempotent
                .claim(
                        tx,
                        OPERATION,
                        clients.stream().map(Cart.OfOwner::command).toList())
                .map(claims -> {
                    answer(clients, claims, done);
                    return carts.stream()
                            .filter(cart -> !done.containsKey(cart.reservation()))
                            .toList();
                });
    }

    private static void answer(List<Cart.OfOwner> carts, List<Claim> claims, Map<UUID, Outcome> done) {
        for (int i = 0; i < carts.size(); i++) {
            var id = carts.get(i).reservation();
            switch (claims.get(i)) {
                case Claim.Granted _ -> {}
                case Claim.Replayed(var answer) -> done.put(id, new Outcome.Answered(answer));
                case Claim.Refused(var problem) -> done.put(id, new Outcome.Refused(problem));
            }
        }
    }

    private static List<Cart.OfOwner> clients(List<Cart> carts) {
        return carts.stream()
                .filter(Cart.OfOwner.class::isInstance)
                .map(Cart.OfOwner.class::cast)
                .toList();
    }

    private Uni<Known> lookUp(Tx tx, List<Cart> carts) {
        var clients = clients(carts);
        var amounts = clients.stream()
                .flatMap(cart -> cart.lines().stream().map(CartLine::amount))
                .collect(Collectors.toUnmodifiableSet());
        var codes = clients.stream()
                .flatMap(cart -> cart.lines().stream().map(CartLine::location))
                .filter(Objects::nonNull)
                .collect(Collectors.toUnmodifiableSet());
        return findGoods
                .named(tx, amounts)
                .chain(goods -> (codes.isEmpty()
                                ? Uni.createFrom().item(Map.<String, Location>of())
                                : findLocations.byCode(tx, codes))
                        .chain(locations -> open(tx, clients)
                                .chain(open -> lockReplaced(tx, carts)
                                        .map(replaced -> new Known(
                                                goods,
                                                locations,
                                                open,
                                                replaced.locked(),
                                                replaced.holds(),
                                                config)))));
    }

    /** Of the customers alone: an order, and who works for the tenant, costs no statement. */
    private Uni<OpenReservations> open(Tx tx, List<Cart.OfOwner> carts) {
        var owners = carts.stream()
                .filter(Cart.OfOwner::bounded)
                .map(Cart.OfOwner::owner)
                .collect(Collectors.toUnmodifiableSet());
        int most = config.customerOpen();
        return owners.isEmpty()
                ? Uni.createFrom().item(new OpenReservations(Map.of(), most))
                : customers
                        .lock(tx, owners)
                        .chain(() -> customers.countOpen(tx, owners, most))
                        .map(open -> new OpenReservations(open, most));
    }

    private Uni<LockedHolds> lockReplaced(Tx tx, List<Cart> carts) {
        var ids = carts.stream().map(Cart::replaces).filter(Objects::nonNull).collect(Collectors.toUnmodifiableSet());
        return ids.isEmpty()
                ? Uni.createFrom().item(new LockedHolds(Map.of(), new Holds(Map.of())))
                : reservations
                        .lock(tx, ids)
                        .map(locked -> locked.stream()
                                .collect(Collectors.toUnmodifiableMap(
                                        one -> one.reservation().id(), Function.identity())))
                        .chain(locked -> holds.list(tx, locked.keySet()).map(found -> new LockedHolds(locked, found)));
    }

    private static @Nullable Wanted wanted(Cart cart, Known known, Map<UUID, Outcome> done) {
        return switch (cart) {
            case Cart.OfOrder order -> new Wanted(order, order.needs(), known.replaced(order));
            case Cart.OfOwner client -> {
                @Nullable Problem problem = known.fault(client);
                if (problem != null) {
                    done.put(client.reservation(), new Outcome.Refused(problem));
                    yield null;
                }
                yield new Wanted(client, known.needs(client), known.replaced(client));
            }
        };
    }

    private record LockedHolds(Map<UUID, Locked> locked, Holds holds) {}

    /** What there is of all that the carts name. */
    private record Known(
            NamedGoods goods,
            Map<String, Location> locations,
            OpenReservations open,
            Map<UUID, Locked> reservations,
            Holds holds,
            ReservationConfig config) {
        @Nullable
        Problem fault(Cart.OfOwner cart) {
            @Nullable Problem ofPacks = goods.faultOfPacks(cart.lines(), ReservationRequest.HELD);
            if (ofPacks != null) {
                return ofPacks;
            }
            var noVariant = UNKNOWN_SKU.because("The catalogue has no such variant");
            var noLocation = UNKNOWN_LOCATION.because("The tenant has no such location");
            for (var line : cart.lines()) {
                if (goods.find(line.amount()) == null) {
                    noVariant.at(line.pointer() + "/" + line.amount().nameField(), "is not a variant of the catalogue");
                }
                if (line.location() != null && !locations.containsKey(line.location())) {
                    noLocation.at(line.pointer() + "/location", "is not a location's code");
                }
            }
            if (!noVariant.errors().isEmpty()) {
                return noVariant;
            }
            if (!noLocation.errors().isEmpty()) {
                return noLocation;
            }
            @Nullable Problem problem = replacedFault(cart);
            return problem == null && cart.bounded() ? boundsFault(cart) : problem;
        }

        private @Nullable Problem boundsFault(Cart.OfOwner cart) {
            long units = 0;
            for (var line : cart.lines()) {
                units += goods.require(line.amount()).units();
                if (units > config.customerUnits()) {
                    return INVALID.because(
                                    "A customer holds at most " + config.customerUnits() + " units by one reservation")
                            .at(line.sizeField(), "makes %d units with the lines before it".formatted(units));
                }
            }
            return open.take(cart, replaced(cart)) ? null : open.refusal();
        }

        private @Nullable Problem replacedFault(Cart.OfOwner cart) {
            if (cart.replaces() == null) {
                return null;
            }
            @Nullable Locked locked = reservations.get(cart.replaces());
            if (locked == null || !cart.owner().equals(locked.reservation().owner())) {
                return INVALID.because("Only an owner's reservation makes room for another one of the same owner")
                        .at("/replaces", "is no reservation of this owner");
            }
            var status = locked.reservation().status();
            return switch (status) {
                case CONFIRMED, SHIPPED ->
                    RESERVATION_CLOSED
                            .because("The reservation to be replaced is final")
                            .at("/replaces", "is " + status);
                case OPEN, RELEASED, EXPIRED, REFUSED -> null;
            };
        }

        List<Need> needs(Cart.OfOwner cart) {
            return cart.lines().stream().map(this::need).toList();
        }

        private Need need(CartLine line) {
            var wanted = goods.require(line.amount());
            @Nullable Location location = line.location() == null ? null : locations.get(line.location());
            return new Need(
                    line.line(),
                    wanted.variant().id(),
                    wanted.variant().sku(),
                    wanted.units(),
                    location == null ? null : location.id());
        }

        /**
         * One that has come to nothing holds nothing any more, so it is in nobody's way; one that is final makes no room. Nor does one
         * whose time is over, for a customer: else it would never have to let go.
         */
        @Nullable
        Replaced replaced(Cart cart) {
            @Nullable Locked present = cart.replaces() == null ? null : reservations.get(cart.replaces());
            if (present == null || !present.reservation().makesRoom() || (present.due() && isBounded(cart))) {
                return null;
            }
            var reservation = present.reservation();
            return new Replaced(reservation, present.heldSince(), holds.of(reservation.id()));
        }

        private static boolean isBounded(Cart cart) {
            return cart instanceof Cart.OfOwner client && client.bounded();
        }
    }
}
