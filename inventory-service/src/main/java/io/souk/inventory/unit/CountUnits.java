package io.souk.inventory.unit;

import io.smallrye.mutiny.Uni;
import io.souk.inventory.location.FindLocations;
import io.souk.inventory.location.Location;
import io.souk.inventory.location.NamedLocation;
import io.souk.inventory.stock.BookUnits;
import io.souk.inventory.stock.BookUnits.Shelf;
import io.souk.inventory.stock.MovementKind;
import io.souk.inventory.stock.Paper;
import io.souk.inventory.stock.StockLevel;
import io.souk.inventory.stock.UnitMovement;
import io.souk.inventory.unit.UnitCountRequest.Valid;
import io.souk.inventory.unit.UnitCountView.Found;
import io.souk.inventory.variant.FindVariants;
import io.souk.inventory.variant.UnknownVariants;
import io.souk.inventory.variant.Variant;
import io.souk.kit.tenant.Tx;
import jakarta.enterprise.context.ApplicationScoped;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

import static io.souk.inventory.InventoryProblem.NOT_TRACKED_BY_UNIT;
import static io.souk.inventory.InventoryProblem.STOCK_PROMISED;
import static io.souk.inventory.InventoryProblem.UNKNOWN_LOCATION;
import static io.souk.kit.problem.KitProblem.INVALID;

/**
 * Books a count by serial numbers: what should be there and was not found is CANCELLED, in one movement. What was found and should
 * not be there is told, since a count does not know what it cost or whose it is. Fails with {@link UnknownVariants}, {@code
 * UNKNOWN_LOCATION}, {@code NOT_TRACKED_BY_UNIT}, and {@code STOCK_PROMISED} when what is missing is promised: release first.
 */
@ApplicationScoped
class CountUnits {
    private static final String FIELD = "/serialNumbers";

    private final FindVariants findVariants;
    private final FindLocations findLocations;
    private final BookUnits bookUnits;
    private final UnitRepository units;
    private final TellUnits tellUnits;

    CountUnits(
            FindVariants findVariants,
            FindLocations findLocations,
            BookUnits bookUnits,
            UnitRepository units,
            TellUnits tellUnits) {
        this.findVariants = findVariants;
        this.findLocations = findLocations;
        this.bookUnits = bookUnits;
        this.units = units;
        this.tellUnits = tellUnits;
    }

    Uni<UnitCountView> count(Tx tx, Paper paper, Valid counted) {
        return variant(tx, counted)
                .chain(variant -> location(tx, counted)
                        .chain(location -> bookUnits.open(tx, Set.of(new Shelf(variant, location.id())))))
                .map(List::getFirst)
                .invoke(level -> requireCountable(level, counted))
                .chain(level ->
                        units.listPresent(tx, level.id()).chain(expected -> book(tx, paper, counted, level, expected)));
    }

    private Uni<Variant> variant(Tx tx, Valid counted) {
        return findVariants.named(tx, Set.of(counted.variant())).map(found -> {
            var variant = found.find(counted.variant());
            if (variant == null) {
                throw new UnknownVariants(List.of("/" + counted.variant().field()));
            }
            return variant;
        });
    }

    private Uni<Location> location(Tx tx, Valid counted) {
        return findLocations.byCode(tx, Set.of(counted.location())).map(found -> {
            var location = found.get(counted.location());
            if (location == null) {
                throw UNKNOWN_LOCATION
                        .because("The tenant has no such location")
                        .at("/location", "is not a location's code");
            }
            return location;
        });
    }

    private static void requireCountable(StockLevel level, Valid counted) {
        if (!level.byUnit()) {
            throw NOT_TRACKED_BY_UNIT
                    .because("Count it with /v1/stock/counts")
                    .at("/" + counted.variant().field(), "is not tracked by unit");
        }
        if (level.onHand() > UnitCountRequest.MAX_UNITS) {
            throw INVALID.because("More units are there than one count can name")
                    .at(FIELD, "cannot name all of %d units".formatted(level.onHand()));
        }
    }

    private Uni<UnitCountView> book(Tx tx, Paper paper, Valid counted, StockLevel level, List<Unit> expected) {
        var missing = expected.stream()
                .filter(unit -> !counted.serialNumbers().containsKey(SerialNumber.key(unit.serialNumber())))
                .toList();
        requireFree(missing);
        return cancel(tx, paper, level, new NamedLocation(counted.location(), "/location"), missing)
                .chain(cancelled -> found(tx, counted, level, expected)
                        .map(found -> new UnitCountView(
                                paper.id(),
                                expected.size() - missing.size(),
                                cancelled.stream().map(UnitView::of).toList(),
                                found)));
    }

    private static void requireFree(List<Unit> missing) {
        var problem = STOCK_PROMISED.because("What is missing is promised: release it, or look again");
        missing.stream()
                .filter(unit -> !unit.status().isFree())
                .forEach(unit ->
                        problem.at(FIELD, "do not have %s, which is %s".formatted(unit.serialNumber(), unit.status())));
        if (!problem.errors().isEmpty()) {
            throw problem;
        }
    }

    private Uni<List<Unit>> cancel(Tx tx, Paper paper, StockLevel level, NamedLocation place, List<Unit> missing) {
        if (missing.isEmpty()) {
            return Uni.createFrom().item(List.of());
        }
        return bookUnits
                .book(
                        tx,
                        paper,
                        List.of(level),
                        List.of(new UnitMovement(0, level, place, MovementKind.COUNT, -missing.size(), FIELD)))
                .chain(() -> units.cancel(tx, missing.stream().map(Unit::id).toList()))
                .call(after -> tellUnits.all(tx, Changes.of(missing, after), null));
    }

    private Uni<List<Found>> found(Tx tx, Valid counted, StockLevel level, List<Unit> expected) {
        var there = expected.stream()
                .map(unit -> SerialNumber.key(unit.serialNumber()))
                .collect(Collectors.toUnmodifiableSet());
        var unexpected = counted.serialNumbers().entrySet().stream()
                .filter(serial -> !there.contains(serial.getKey()))
                .toList();
        if (unexpected.isEmpty()) {
            return Uni.createFrom().item(List.of());
        }
        return units.findBySerial(tx, unexpected.stream().map(Map.Entry::getKey).toList())
                .map(known -> {
                    var bySerial = known.stream()
                            .filter(unit -> unit.variantId().equals(level.variantId()))
                            .collect(Collectors.toUnmodifiableMap(
                                    unit -> SerialNumber.key(unit.serialNumber()), Function.identity()));
                    return unexpected.stream()
                            .map(serial -> Found.of(serial.getValue(), bySerial.get(serial.getKey())))
                            .toList();
                });
    }
}
