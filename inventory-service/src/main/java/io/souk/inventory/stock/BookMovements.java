package io.souk.inventory.stock;

import io.smallrye.mutiny.Uni;
import io.souk.inventory.location.NamedLocation;
import io.souk.inventory.location.OpenLocations;
import io.souk.inventory.stock.FindStockKeys.Found;
import io.souk.inventory.stock.MovementRepository.Movement;
import io.souk.kit.tenant.Tx;
import jakarta.enterprise.context.ApplicationScoped;
import org.jspecify.annotations.Nullable;

import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

import static io.souk.inventory.InventoryProblem.STOCK_PROMISED;
import static io.souk.inventory.InventoryProblem.TOO_MUCH_STOCK;
import static io.souk.inventory.InventoryProblem.TRACKED_BY_UNIT;
import static io.souk.inventory.InventoryProblem.UNKNOWN_LOT;
import static io.souk.kit.problem.KitProblem.INVALID;

/** Changes what is on hand, and writes it into the ledger in the same transaction: all entries or none. */
@ApplicationScoped
class BookMovements {
    private static final Comparator<StockKey> BRINGS_LOT_FIRST =
            Comparator.comparing(StockKey::expiresOn, Comparator.nullsLast(Comparator.naturalOrder()));

    private final StockRepository levels;
    private final MovementRepository movements;
    private final MoveStock moveStock;
    private final OpenLocations openLocations;

    BookMovements(
            StockRepository levels, MovementRepository movements, MoveStock moveStock, OpenLocations openLocations) {
        this.levels = levels;
        this.movements = movements;
        this.moveStock = moveStock;
        this.openLocations = openLocations;
    }

    /**
     * What was booked, with the levels after all of it.
     *
     * @param entries asked once the levels of the lines are locked; only of these
     */
    Uni<BookingView> book(Tx tx, Paper paper, Collection<Found> lines, Function<LockedLevels, List<Entry>> entries) {
        var inLockOrder = List.copyOf(lines.stream()
                .map(Found::key)
                .sorted(BRINGS_LOT_FIRST)
                .collect(Collectors.toCollection(TreeSet::new))); // each level once, whatever last days its lines name
        return levels.open(
                        tx, inLockOrder.stream().filter(StockKey::canBeOpened).toList())
                .chain(() -> levels.lockByKey(tx, inLockOrder))
                .map(LockedLevels::of)
                .invoke(locked -> requireUncounted(lines, locked))
                .invoke(locked -> requireLots(lines, locked))
                .chain(locked -> {
                    var wanted = entries.apply(locked); // finds out first whether a day was corrected meanwhile
                    requireDays(lines, locked);
                    return write(tx, paper, locked, wanted);
                });
    }

    /** The level says it, not the variant that was read before it was locked: nobody changes it meanwhile. */
    private static void requireUncounted(Collection<Found> lines, LockedLevels locked) {
        var problem = TRACKED_BY_UNIT.because("Each unit of the variant is known: say which, with /v1/units");
        lines.stream()
                .filter(line -> isByUnit(locked.find(line.key())))
                .map(line -> line.line().sizeField())
                .distinct() // a transfer's line is there twice
                .forEach(field -> problem.at(field, "is of a variant that is tracked by unit"));
        if (!problem.errors().isEmpty()) {
            throw problem;
        }
    }

    private static boolean isByUnit(@Nullable StockLevel level) {
        return level != null && level.byUnit();
    }

    /** Only who brings a lot tells its last day. */
    private static void requireLots(Collection<Found> lines, LockedLevels locked) {
        var unknown = UNKNOWN_LOT.because("There is no such lot of the variant at the location");
        lines.stream()
                .filter(line -> locked.find(line.key()) == null)
                .map(line -> line.line().pointer())
                .distinct() // a transfer's line is there twice
                .forEach(pointer -> unknown.at(pointer + "/lot", "is not there"));
        if (!unknown.errors().isEmpty()) {
            throw unknown;
        }
    }

    /** At a location a lot has one last day. */
    private static void requireDays(Collection<Found> lines, LockedLevels locked) {
        var otherDay = INVALID.because("A lot expires on one day");
        for (var line : lines) {
            @Nullable StockLevel level = locked.find(line.key());
            if (level != null
                    && level.lot() != null
                    && line.key().expiresOn() != null
                    && !level.lot().expiresOn().equals(line.key().expiresOn())) {
                otherDay.at(
                        line.line().dayField(),
                        "expires on %s at %s"
                                .formatted(level.lot().expiresOn(), line.line().location()));
            }
        }
        if (!otherDay.errors().isEmpty()) {
            throw otherDay;
        }
    }

    /** Of levels that are locked. */
    Uni<BookingView> write(Tx tx, Paper paper, LockedLevels locked, List<Entry> entries) {
        if (entries.isEmpty()) {
            return Uni.createFrom().item(BookingView.of(paper, entries, locked));
        }
        var changes = changes(entries, locked);
        return openLocations
                .hold(tx, coming(entries))
                .chain(() -> moveStock.move(tx, changes, null))
                .call(() -> movements.book(
                        tx,
                        paper,
                        entries.stream()
                                .map(entry -> new Movement(
                                        entry.line(),
                                        locked.of(entry.key()).id(),
                                        entry.kind(),
                                        entry.quantity(),
                                        entry.said()))
                                .toList()))
                .map(after -> BookingView.of(paper, entries, locked.after(after)));
    }

    /** Whoever closes a location need not wait for what only leaves it. */
    private static List<NamedLocation> coming(List<Entry> entries) {
        return entries.stream()
                .filter(entry -> entry.quantity() > 0)
                .map(Entry::location)
                .toList();
    }

    /** Each level once. Refused is what the level's checks would refuse too, but here the line can be named. */
    private static List<LevelChange> changes(List<Entry> entries, LockedLevels locked) {
        var tooMuch = TOO_MUCH_STOCK.because("A stock level counts up to " + StockLevel.MAX_UNITS + " units");
        var promised = STOCK_PROMISED.because("What is reserved must stay");
        var units = new LinkedHashMap<UUID, Long>();
        for (var entry : entries) {
            var level = locked.of(entry.key());
            long sum = units.merge(level.id(), entry.quantity(), Math::addExact);
            if (sum > StockLevel.MAX_UNITS - level.onHand()) {
                tooMuch.at(entry.field(), "would make " + level.sku() + " more than that");
            }
            if (sum < -level.free()) {
                promised.at(
                        entry.field(),
                        "%d of %d units of %s are reserved".formatted(level.reserved(), level.onHand(), level.sku()));
            }
        }
        for (var problem : List.of(tooMuch, promised)) {
            if (!problem.errors().isEmpty()) {
                throw problem;
            }
        }
        return units.entrySet().stream()
                .filter(level -> level.getValue() != 0)
                .map(level -> new LevelChange(level.getKey(), level.getValue(), 0))
                .toList();
    }
}
