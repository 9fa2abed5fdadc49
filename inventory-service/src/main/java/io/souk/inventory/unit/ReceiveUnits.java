package io.souk.inventory.unit;

import io.smallrye.mutiny.Uni;
import io.souk.inventory.location.FindLocations;
import io.souk.inventory.location.Location;
import io.souk.inventory.location.NamedLocation;
import io.souk.inventory.location.OpenLocations;
import io.souk.inventory.purchase.Bought;
import io.souk.inventory.purchase.PurchaseTerms;
import io.souk.inventory.purchase.RecordPurchases;
import io.souk.inventory.stock.BookUnits;
import io.souk.inventory.stock.BookUnits.Shelf;
import io.souk.inventory.stock.MovementKind;
import io.souk.inventory.stock.Paper;
import io.souk.inventory.stock.StockLevel;
import io.souk.inventory.stock.UnitMovement;
import io.souk.inventory.unit.UnitReceiptRequest.Valid;
import io.souk.inventory.variant.FindVariants;
import io.souk.inventory.variant.NamedVariants;
import io.souk.inventory.variant.UnknownVariants;
import io.souk.kit.id.Ids;
import io.souk.kit.money.Money;
import io.souk.kit.problem.Problem;
import io.souk.kit.tenant.Tx;
import jakarta.enterprise.context.ApplicationScoped;
import org.jspecify.annotations.Nullable;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Collectors;

import static io.souk.inventory.InventoryProblem.NOT_TRACKED_BY_UNIT;
import static io.souk.inventory.InventoryProblem.SERIAL_NUMBER_TAKEN;
import static io.souk.inventory.InventoryProblem.UNKNOWN_LOCATION;
import static io.souk.kit.problem.KitProblem.INVALID;

/**
 * Books units that arrived, or are on their way: all or none. Each failure names the units: {@link UnknownVariants}, {@code
 * UNKNOWN_LOCATION}, {@code LOCATION_CLOSED}, {@code NOT_TRACKED_BY_UNIT}, {@code SERIAL_NUMBER_TAKEN}, {@code TOO_MUCH_STOCK}; or
 * what is wrong with the purchase: {@code UNKNOWN_SUPPLIER}, {@code CONFLICT} for an order that is closed.
 */
@ApplicationScoped
class ReceiveUnits {
    private final FindVariants findVariants;
    private final FindLocations findLocations;
    private final OpenLocations openLocations;
    private final BookUnits bookUnits;
    private final UnitRepository units;
    private final TellUnits tellUnits;
    private final RecordPurchases recordPurchases;

    ReceiveUnits(
            FindVariants findVariants,
            FindLocations findLocations,
            OpenLocations openLocations,
            BookUnits bookUnits,
            UnitRepository units,
            TellUnits tellUnits,
            RecordPurchases recordPurchases) {
        this.findVariants = findVariants;
        this.findLocations = findLocations;
        this.openLocations = openLocations;
        this.bookUnits = bookUnits;
        this.units = units;
        this.tellUnits = tellUnits;
        this.recordPurchases = recordPurchases;
    }

    /** The units, in the order in which they were named. */
    Uni<List<Unit>> receive(Tx tx, Paper paper, List<Valid> wanted) {
        return place(tx, wanted, (_, said) -> said).chain(placed -> book(tx, paper, placed, arrivals(placed)));
    }

    private static List<Arrival> arrivals(List<PlacedUnit> placed) {
        return Arrival.alike(
                placed.stream().filter(one -> one.wanted().status().isPresent()).toList(), PlacedUnit::level);
    }

    /** As {@link #receive}, of units that are here and were bought. */
    Uni<List<Unit>> buy(Tx tx, Paper paper, List<Valid> wanted, PurchaseTerms terms) {
        return recordPurchases
                .admit(tx, terms)
                .chain(admitted -> place(tx, wanted, admitted::unitCost).chain(placed -> {
                    var arrivals = Arrival.alike(placed, Priced::of);
                    return book(tx, paper, placed, arrivals)
                            .call(() -> recordPurchases.record(
                                    tx,
                                    paper.id(),
                                    admitted,
                                    arrivals.stream().map(Arrival::bought).toList()));
                }));
    }

    private record Priced(StockLevel level, @Nullable Money cost) {
        static Priced of(PlacedUnit unit) {
            return new Priced(unit.level(), unit.cost());
        }
    }

    /** Units that are one line in the ledger, and one purchase if they were bought: that of the first of them that was named. */
    private record Arrival(PlacedUnit first, int units) {
        static List<Arrival> alike(List<PlacedUnit> placed, Function<PlacedUnit, Object> key) {
            return placed.stream()
                    .collect(Collectors.groupingBy(key, LinkedHashMap::new, Collectors.toList()))
                    .values()
                    .stream()
                    .map(alike -> new Arrival(alike.getFirst(), alike.size()))
                    .toList();
        }

        UnitMovement movement() {
            return new UnitMovement(
                    first.wanted().place(),
                    first.level(),
                    place(first.wanted()),
                    MovementKind.RECEIPT,
                    units,
                    first.wanted().pointer());
        }

        Bought bought() {
            return new Bought(first.wanted().place(), first.level().variant(), units, first.cost());
        }
    }

    /** Of a variant, what a unit of it costs that is said to cost so much, or about which nothing is said. */
    private interface Pricing extends BiFunction<UUID, @Nullable Money, @Nullable Money> {}

    private Uni<List<PlacedUnit>> place(Tx tx, List<Valid> wanted, Pricing pricing) {
        return findVariants
                .named(tx, wanted.stream().map(Valid::variant).collect(Collectors.toUnmodifiableSet()))
                .invoke(variants -> requireKnown(wanted, variants))
                .chain(variants -> findLocations
                        .byCode(tx, wanted.stream().map(Valid::location).collect(Collectors.toUnmodifiableSet()))
                        .invoke(locations -> requireLocations(wanted, locations))
                        // Of units that are here a booking would name the first of a kind alone, and none that is on
                        // its way.
                        .call(() -> openLocations.hold(
                                tx, wanted.stream().map(ReceiveUnits::place).toList()))
                        .chain(locations -> place(tx, wanted, variants, locations, pricing)));
    }

    private static void requireKnown(List<Valid> wanted, NamedVariants variants) {
        var unknown = wanted.stream()
                .filter(one -> variants.find(one.variant()) == null)
                .map(ReceiveUnits::variantField)
                .toList();
        if (!unknown.isEmpty()) {
            throw new UnknownVariants(unknown);
        }
    }

    private static void requireLocations(List<Valid> wanted, Map<String, Location> locations) {
        var problem = UNKNOWN_LOCATION.because("The tenant has no such location");
        wanted.stream()
                .filter(one -> !locations.containsKey(one.location()))
                .forEach(one -> problem.at(place(one).field(), "is not a location's code"));
        throwIfAny(problem);
    }

    private static NamedLocation place(Valid wanted) {
        return new NamedLocation(wanted.location(), wanted.pointer() + "/location");
    }

    private Uni<List<PlacedUnit>> place(
            Tx tx, List<Valid> wanted, NamedVariants variants, Map<String, Location> locations, Pricing pricing) {
        Function<Valid, Shelf> shelf = one -> new Shelf(
                variants.require(one.variant()),
                Objects.requireNonNull(locations.get(one.location())).id());
        return bookUnits
                .open(tx, wanted.stream().map(shelf).collect(Collectors.toUnmodifiableSet()))
                .map(levels -> {
                    var byPlace = levels.stream().collect(Collectors.toUnmodifiableMap(Place::of, Function.identity()));
                    return wanted.stream()
                            .map(one -> placed(
                                    one, Objects.requireNonNull(byPlace.get(Place.of(shelf.apply(one)))), pricing))
                            .toList();
                })
                .invoke(ReceiveUnits::requireTracked)
                .invoke(ReceiveUnits::requireOnce);
    }

    private static PlacedUnit placed(Valid wanted, StockLevel level, Pricing pricing) {
        return new PlacedUnit(Ids.next(), wanted, level, pricing.apply(level.variantId(), wanted.cost()));
    }

    private static void requireTracked(List<PlacedUnit> placed) {
        var problem = NOT_TRACKED_BY_UNIT.because("Track the variant by unit first: PUT /v1/tracked-variants/{id}");
        placed.stream()
                .filter(one -> !one.level().byUnit())
                .forEach(one -> problem.at(variantField(one.wanted()), "is not tracked by unit"));
        throwIfAny(problem);
    }

    private static void requireOnce(List<PlacedUnit> placed) {
        var problem = INVALID.because("No two units of a variant have the same serial number");
        var seen = new HashSet<SerialOf>();
        placed.stream()
                .filter(one -> !seen.add(new SerialOf(one.variantId(), one.serialKey())))
                .forEach(one -> problem.at(one.wanted().pointer() + "/serialNumber", "is that of an earlier unit"));
        throwIfAny(problem);
    }

    private Uni<List<Unit>> book(Tx tx, Paper paper, List<PlacedUnit> placed, List<Arrival> arrivals) {
        return units.insert(tx, placed)
                .call(made -> made.size() == placed.size()
                        ? Uni.createFrom().voidItem()
                        : refuse(tx, placed, Set.copyOf(made)))
                .chain(() -> bookUnits.book(
                        tx,
                        paper,
                        placed.stream().map(PlacedUnit::level).distinct().toList(),
                        arrivals.stream().map(Arrival::movement).toList()))
                .chain(() -> units.settle(tx, placed))
                .chain(() -> units.find(tx, placed.stream().map(PlacedUnit::id).toList()))
                .call(made ->
                        tellUnits.all(tx, made.stream().map(UnitState::created).toList(), null));
    }

    /** Whoever has made the others has committed. */
    private Uni<Void> refuse(Tx tx, List<PlacedUnit> placed, Set<UUID> made) {
        var taken = placed.stream().filter(one -> !made.contains(one.id())).toList();
        return units.findBySerial(tx, taken.stream().map(PlacedUnit::serialKey).toList())
                .map(present -> {
                    var bySerial = present.stream()
                            .collect(Collectors.toUnmodifiableMap(
                                    unit -> new SerialOf(unit.variantId(), SerialNumber.key(unit.serialNumber())),
                                    Function.identity()));
                    var problem = SERIAL_NUMBER_TAKEN.because("What comes back is the same unit: change its status");
                    for (var one : taken) {
                        var unit = Objects.requireNonNull(bySerial.get(new SerialOf(one.variantId(), one.serialKey())));
                        problem.at(
                                one.wanted().pointer() + "/serialNumber",
                                "is that of unit %s, which is %s".formatted(unit.id(), unit.status()));
                    }
                    throw problem;
                });
    }

    private static String variantField(Valid wanted) {
        return wanted.pointer() + "/" + wanted.variant().field();
    }

    private static void throwIfAny(Problem problem) {
        if (!problem.errors().isEmpty()) {
            throw problem;
        }
    }

    private record SerialOf(UUID variantId, String key) {}

    private record Place(UUID variantId, UUID locationId) {
        static Place of(Shelf shelf) {
            return new Place(shelf.variant().id(), shelf.locationId());
        }

        static Place of(StockLevel level) {
            return new Place(level.variantId(), level.locationId());
        }
    }
}
