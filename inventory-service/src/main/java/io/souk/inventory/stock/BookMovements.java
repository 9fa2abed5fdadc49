package io.souk.inventory.stock;

import io.smallrye.mutiny.Uni;
import io.souk.inventory.stock.MovementRepository.Movement;
import io.souk.kit.tenant.Tx;
import jakarta.enterprise.context.ApplicationScoped;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;

import static io.souk.inventory.InventoryProblem.STOCK_PROMISED;
import static io.souk.inventory.InventoryProblem.TOO_MUCH_STOCK;

/** Changes what is on hand, and writes it into the ledger in the same transaction: all entries or none. */
@ApplicationScoped
class BookMovements {
    private final StockRepository levels;
    private final MovementRepository movements;
    private final MoveStock moveStock;

    BookMovements(StockRepository levels, MovementRepository movements, MoveStock moveStock) {
        this.levels = levels;
        this.movements = movements;
        this.moveStock = moveStock;
    }

    /**
     * What was booked, with the levels after all of it.
     *
     * @param entries asked once the levels of the keys are locked; only of these
     */
    Uni<BookingView> book(Tx tx, Paper paper, Collection<StockKey> keys, Function<LockedLevels, List<Entry>> entries) {
        var inLockOrder = keys.stream().distinct().sorted().toList();
        return levels.open(tx, inLockOrder)
                .chain(() -> levels.lockByKey(tx, inLockOrder))
                .map(LockedLevels::of)
                .chain(locked -> write(tx, paper, locked, entries.apply(locked)));
    }

    private Uni<BookingView> write(Tx tx, Paper paper, LockedLevels locked, List<Entry> entries) {
        if (entries.isEmpty()) {
            return Uni.createFrom().item(BookingView.of(paper, entries, locked));
        }
        return moveStock
                .move(tx, changes(entries, locked), MoveStock.RECEIVED, null)
                .call(() -> movements.book(
                        tx,
                        paper,
                        entries.stream()
                                .map(entry -> new Movement(
                                        entry.line(), locked.of(entry.key()).id(), entry.kind(), entry.quantity()))
                                .toList()))
                .map(after -> BookingView.of(paper, entries, locked.after(after)));
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
            if (sum < -level.available()) {
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
