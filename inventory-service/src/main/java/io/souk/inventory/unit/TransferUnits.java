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
import io.souk.inventory.variant.Variant;
import io.souk.kit.tenant.Tx;
import jakarta.enterprise.context.ApplicationScoped;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

import static io.souk.inventory.InventoryProblem.UNIT_STATUS;
import static io.souk.inventory.InventoryProblem.UNKNOWN_LOCATION;
import static io.souk.kit.problem.KitProblem.INVALID;
import static io.souk.kit.problem.KitProblem.NOT_FOUND;

/**
 * Brings units to another location: all at one moment, or none. Fails naming each unit: 404 for one that there is not, {@code
 * UNIT_STATUS} for what is promised or not here, {@code INVALID} for what lies there already; and with {@code STOCK_PROMISED} when
 * too few would stay for open reservations.
 */
@ApplicationScoped
class TransferUnits {
    private static final String TO = "/to";

    private final FindLocations findLocations;
    private final BookUnits bookUnits;
    private final UnitRepository units;
    private final TellUnits tellUnits;

    TransferUnits(FindLocations findLocations, BookUnits bookUnits, UnitRepository units, TellUnits tellUnits) {
        this.findLocations = findLocations;
        this.bookUnits = bookUnits;
        this.units = units;
        this.tellUnits = tellUnits;
    }

    /** The units where they are now, by id. */
    Uni<List<Unit>> transfer(Tx tx, Paper paper, UnitTransferRequest.Valid wanted) {
        return findLocations
                .byCode(tx, Set.of(wanted.to()))
                .map(found -> found.get(wanted.to()))
                .onItem()
                .ifNull()
                .failWith(() -> UNKNOWN_LOCATION
                        .because("The tenant has no such location")
                        .at(TO, "is not a location's code"))
                .chain(to -> units.find(tx, wanted.unitIds())
                        .chain(seen -> bookUnits.openAndLockAll(tx, shelves(seen, to)))
                        .chain(levels -> units.find(tx, wanted.unitIds()).map(present -> new Locked(present, levels)))
                        .invoke(locked -> requireAll(wanted.unitIds(), locked, to))
                        .chain(locked -> move(tx, paper, wanted.unitIds(), locked, to)));
    }

    /** Units with all levels of their variants: wherever they are by now, nobody else moves them. */
    private record Locked(List<Unit> units, List<StockLevel> levels) {
        boolean hasLevelOf(Unit unit) {
            return levels.stream().anyMatch(level -> level.id().equals(unit.levelId()));
        }
    }

    private static Set<Shelf> shelves(List<Unit> seen, Location to) {
        return seen.stream()
                .map(unit -> new Shelf(new Variant(unit.variantId(), unit.productId(), unit.sku()), to.id()))
                .collect(Collectors.toUnmodifiableSet());
    }

    private static void requireAll(List<UUID> wanted, Locked locked, Location to) {
        var byId = locked.units().stream().collect(Collectors.toUnmodifiableMap(Unit::id, Function.identity()));
        var absent = NOT_FOUND.because("There are no such units");
        var unfit = UNIT_STATUS.because("Only what is here and free can be transferred");
        var there = INVALID.because("Units go to another location");
        for (int i = 0; i < wanted.size(); i++) {
            var field = "/unitIds/" + i;
            var unit = byId.get(wanted.get(i));
            if (unit == null) {
                absent.at(field, "is not there");
            } else if (!unit.status().isFree()) {
                unfit.at(field, "is " + unit.status());
            } else if (!locked.hasLevelOf(unit)) {
                unfit.at(field, "was just brought to another location"); // which had none of the variant before
            } else if (unit.locationId().equals(to.id())) {
                there.at(field, "is there already");
            }
        }
        for (var problem : List.of(absent, unfit, there)) {
            if (!problem.errors().isEmpty()) {
                throw problem;
            }
        }
    }

    private Uni<List<Unit>> move(Tx tx, Paper paper, List<UUID> wanted, Locked locked, Location to) {
        var moved = locked.units();
        return bookUnits
                .book(tx, paper, locked.levels(), movements(wanted, locked, to))
                .chain(() -> units.move(
                        tx,
                        moved.stream().map(Unit::id).toList(),
                        moved.stream()
                                .map(unit -> target(locked, unit, to).id())
                                .toList()))
                .call(after -> tellUnits.all(tx, Changes.of(moved, after), null));
    }

    /** Of each level that units leave, one line out and one in, where the first of its units was named. */
    private static List<UnitMovement> movements(List<UUID> wanted, Locked locked, Location to) {
        var movements = new ArrayList<UnitMovement>();
        for (var from : locked.levels()) {
            var leaving = locked.units().stream()
                    .filter(unit -> unit.levelId().equals(from.id()))
                    .toList();
            if (!leaving.isEmpty()) {
                int line = leaving.stream()
                        .mapToInt(unit -> wanted.indexOf(unit.id()))
                        .min()
                        .orElseThrow();
                var field = "/unitIds/" + line;
                var target = target(locked, leaving.getFirst(), to);
                var there = new NamedLocation(leaving.getFirst().location(), field);
                var here = new NamedLocation(to.code(), TO);
                movements.add(new UnitMovement(line, from, there, MovementKind.TRANSFER_OUT, -leaving.size(), field));
                movements.add(new UnitMovement(line, target, here, MovementKind.TRANSFER_IN, leaving.size(), field));
            }
        }
        return movements;
    }

    private static StockLevel target(Locked locked, Unit unit, Location to) {
        return locked.levels().stream()
                .filter(level -> level.variantId().equals(unit.variantId())
                        && level.locationId().equals(to.id())
                        && level.lot() == null)
                .findFirst()
                .orElseThrow();
    }
}
