package io.souk.inventory.stock;

import io.smallrye.mutiny.Uni;
import io.souk.inventory.stock.MovementRepository.Movement;
import io.souk.kit.tenant.Tx;
import jakarta.enterprise.context.ApplicationScoped;

import java.util.List;

/**
 * Lets goods leave, in the caller's transaction, which must see to it that this happens once. The ledger would refuse a second
 * time: it takes each line of a reservation once for each level.
 */
@ApplicationScoped
public class ShipStock {
    private final StockRepository levels;
    private final MovementRepository movements;
    private final HoldStock holdStock;
    private final MoveStock moveStock;

    ShipStock(StockRepository levels, MovementRepository movements, HoldStock holdStock, MoveStock moveStock) {
        this.levels = levels;
        this.movements = movements;
        this.holdStock = holdStock;
        this.moveStock = moveStock;
    }

    /** What is held leaves; nothing more becomes available, and nothing less. */
    public Uni<Void> ship(Tx tx, Shipment shipment, List<Hold> held) {
        var changes = Promises.shipped(held);
        return levels.lockById(tx, changes.stream().map(LevelChange::levelId).toList())
                .chain(() -> write(tx, shipment, held, changes));
    }

    /** What nobody has held leaves: every line, out of what is available, or none of them. Fails as {@link FreeStock#take} does. */
    public Uni<Allocation> shipFree(Tx tx, Shipment shipment, List<Need> needs) {
        return holdStock.lock(tx, needs, List.of(), Breadth.WIDEST).chain(stock -> {
            var allocation = stock.take(needs);
            return allocation instanceof Allocation.Held(var taken)
                    ? write(tx, shipment, taken, Promises.shippedFree(taken)).replaceWith(allocation)
                    : Uni.createFrom().item(allocation);
        });
    }

    private Uni<Void> write(Tx tx, Shipment shipment, List<Hold> leaving, List<LevelChange> changes) {
        return leaving.isEmpty()
                ? Uni.createFrom().voidItem()
                : moveStock
                        .move(tx, changes, shipment.cause())
                        .chain(() -> movements.book(
                                tx,
                                shipment.paper(tx.tenant()),
                                leaving.stream().map(ShipStock::movement).toList()));
    }

    private static Movement movement(Hold hold) {
        return new Movement(hold.line(), hold.levelId(), MovementKind.SHIPMENT, -hold.quantity(), null);
    }
}
