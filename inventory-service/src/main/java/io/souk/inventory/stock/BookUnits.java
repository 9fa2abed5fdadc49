package io.souk.inventory.stock;

import io.smallrye.mutiny.Uni;
import io.souk.inventory.variant.Variant;
import io.souk.kit.tenant.Tx;
import jakarta.enterprise.context.ApplicationScoped;

import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * Levels of variants that are tracked by unit, for the feature that knows the units. Who changes a unit has locked its level, and
 * moves the level first: the database refuses units that their level does not count.
 */
@ApplicationScoped
public class BookUnits {
    private final StockRepository levels;
    private final BookMovements bookMovements;

    BookUnits(StockRepository levels, BookMovements bookMovements) {
        this.levels = levels;
        this.bookMovements = bookMovements;
    }

    /** A variant at a location; its units have no lots. */
    public record Shelf(Variant variant, UUID locationId) {
        StockKey key() {
            return StockKey.withoutLot(variant, locationId);
        }
    }

    /** Their levels, made where they are missing, and locked. */
    public Uni<List<StockLevel>> open(Tx tx, Collection<Shelf> shelves) {
        var inLockOrder = inLockOrder(shelves);
        return levels.open(tx, inLockOrder).chain(() -> levels.lockByKey(tx, inLockOrder));
    }

    /** As {@link #open}, and with them all other levels of their variants, wherever they are. */
    public Uni<List<StockLevel>> openAndLockAll(Tx tx, Collection<Shelf> shelves) {
        var inLockOrder = inLockOrder(shelves);
        return levels.open(tx, inLockOrder)
                .chain(() -> levels.listByVariant(
                        tx,
                        null,
                        inLockOrder.stream().map(key -> key.variant().id()).toList()))
                .chain(found ->
                        levels.lockById(tx, found.stream().map(StockLevel::id).toList()));
    }

    /** Those that there are, locked. */
    public Uni<List<StockLevel>> lock(Tx tx, Collection<UUID> levelIds) {
        return levels.lockById(tx, levelIds);
    }

    /** All levels of a variant, locked. */
    public Uni<List<StockLevel>> lockAllOf(Tx tx, UUID variant) {
        return levels.listByVariant(tx, null, List.of(variant))
                .chain(found ->
                        levels.lockById(tx, found.stream().map(StockLevel::id).toList()));
    }

    /**
     * Writes what moves into the levels and the ledger. Fails with {@code STOCK_PROMISED} or {@code TOO_MUCH_STOCK}, naming the
     * fields.
     *
     * @param locked all levels that move
     */
    public Uni<Void> book(Tx tx, Paper paper, List<StockLevel> locked, List<UnitMovement> movements) {
        return bookMovements
                .write(
                        tx,
                        paper,
                        LockedLevels.of(locked),
                        movements.stream().map(UnitMovement::entry).toList())
                .replaceWithVoid();
    }

    private static List<StockKey> inLockOrder(Collection<Shelf> shelves) {
        return List.copyOf(shelves.stream().map(Shelf::key).collect(Collectors.toCollection(TreeSet::new)));
    }
}
