package io.souk.inventory.stock;

import io.smallrye.mutiny.Uni;
import io.souk.inventory.Topics;
import io.souk.kit.event.AggregateType;
import io.souk.kit.event.Change;
import io.souk.kit.retelling.RetoldRows;
import io.souk.kit.tenant.Tx;
import jakarta.enterprise.context.ApplicationScoped;

import java.util.Collection;
import java.util.List;
import java.util.UUID;

/** Stock levels, told once more. */
@ApplicationScoped
class StockLevelRows implements RetoldRows {
    private final StockRepository levels;

    StockLevelRows(StockRepository levels) {
        this.levels = levels;
    }

    @Override
    public AggregateType aggregate() {
        return Topics.STOCK;
    }

    @Override
    public String table() {
        return "stock_level";
    }

    @Override
    public Uni<List<Change>> lockAndTell(Tx tx, Collection<UUID> ids) {
        return levels.lockById(tx, ids)
                .chain(() -> levels.listTold(tx, ids))
                .map(found -> found.stream()
                        .filter(level -> level.version() > 0)
                        .map(StockLevelRows::change)
                        .toList());
    }

    private static Change change(StockLevel level) {
        return Change.changed(Topics.STOCK, level.id(), level.version(), StockState.unchanged(level));
    }
}
