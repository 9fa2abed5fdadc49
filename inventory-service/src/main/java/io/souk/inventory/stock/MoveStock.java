package io.souk.inventory.stock;

import io.smallrye.mutiny.Uni;
import io.souk.inventory.Topics;
import io.souk.kit.event.Change;
import io.souk.kit.outbox.Outbox;
import io.souk.kit.tenant.Tx;
import jakarta.enterprise.context.ApplicationScoped;
import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.UUID;

/** Writes what changes in stock: each level once, with one event. */
@ApplicationScoped
class MoveStock {
    private final StockRepository levels;
    private final Outbox outbox;

    MoveStock(StockRepository levels, Outbox outbox) {
        this.levels = levels;
        this.outbox = outbox;
    }

    /** The levels after the move. They must be locked by this transaction, and able to move: checked by the rows themselves. */
    Uni<List<StockLevel>> move(Tx tx, List<LevelChange> changes, @Nullable UUID cause) {
        if (changes.isEmpty()) {
            return Uni.createFrom().item(List.of());
        }
        return levels.move(tx, changes)
                .invoke(moved -> requireAll(changes.size(), moved.size()))
                .call(moved -> publish(tx, moved, cause))
                .map(moved -> moved.stream().map(MovedLevel::after).toList());
    }

    Uni<Void> publish(Tx tx, List<MovedLevel> moved, @Nullable UUID cause) {
        return moved.isEmpty()
                ? Uni.createFrom().voidItem()
                : outbox.appendAll(
                        tx, moved.stream().map(level -> event(level, cause)).toList());
    }

    private static Change event(MovedLevel level, @Nullable UUID cause) {
        var after = level.after();
        var change = Change.changed(Topics.STOCK, after.id(), after.version(), StockState.changed(level));
        return cause == null ? change : change.causedBy(cause);
    }

    private static void requireAll(int wanted, int moved) {
        if (wanted != moved) {
            throw new IllegalStateException(moved + " of " + wanted + " stock levels moved");
        }
    }
}
