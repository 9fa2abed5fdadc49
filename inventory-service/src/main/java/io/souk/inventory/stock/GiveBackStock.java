package io.souk.inventory.stock;

import io.smallrye.mutiny.Uni;
import io.souk.kit.tenant.Tx;
import jakarta.enterprise.context.ApplicationScoped;
import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.UUID;

/** Makes held units free again. */
@ApplicationScoped
public class GiveBackStock {
    private final StockRepository levels;
    private final MoveStock moveStock;

    GiveBackStock(StockRepository levels, MoveStock moveStock) {
        this.levels = levels;
        this.moveStock = moveStock;
    }

    /**
     * Gives all of them back, in the caller's transaction, which must see to it that this happens once.
     *
     * @param cause the event that asks for it; null when it was the clock
     */
    public Uni<Void> giveBack(Tx tx, List<Hold> holds, @Nullable UUID cause) {
        if (holds.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        var changes = Promises.givenBack(holds);
        return levels.lockById(tx, changes.stream().map(LevelChange::levelId).toList())
                .chain(() -> moveStock.move(tx, changes, cause))
                .replaceWithVoid();
    }
}
