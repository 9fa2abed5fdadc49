package io.souk.inventory.stock;

import io.smallrye.mutiny.Uni;
import io.souk.kit.tenant.Tx;
import jakarta.enterprise.context.ApplicationScoped;
import org.jspecify.annotations.Nullable;

import java.util.Collection;
import java.util.List;
import java.util.UUID;

/** Sets stock aside, in the caller's transaction; the levels stay locked until it ends. */
@ApplicationScoped
public class HoldStock {
    private final StockRepository levels;
    private final MoveStock moveStock;

    HoldStock(StockRepository levels, MoveStock moveStock) {
        this.levels = levels;
        this.moveStock = moveStock;
    }

    /**
     * What can serve these needs, locked; of none nothing is asked.
     *
     * @param giving what somebody may give back before they are served
     */
    public Uni<FreeStock> lock(Tx tx, Collection<Need> needs, Collection<Hold> giving, Breadth breadth) {
        var choice = Choice.of(needs, breadth);
        return (needs.isEmpty() ? Uni.createFrom().item(List.<PlacedLevel>of()) : levels.lockFor(tx, choice, giving))
                .map(locked -> new FreeStock(choice, locked));
    }

    /**
     * Writes what became of the stock.
     *
     * @param cause the event that asks for it; null when there is none, or not one
     */
    public Uni<Void> write(Tx tx, FreeStock stock, @Nullable UUID cause) {
        return moveStock.move(tx, stock.changes(), cause).replaceWithVoid();
    }

    /**
     * Holds every line or none of them. Fails with {@link io.souk.kit.tenant.TransactionFailure.Overtaken} as {@link
     * FreeStock#take} does.
     *
     * @param cause the event that asks for it
     */
    public Uni<Allocation> hold(Tx tx, List<Need> needs, UUID cause) {
        return lock(tx, needs, List.of(), Breadth.WIDEST).chain(stock -> {
            var allocation = stock.take(needs);
            return write(tx, stock, cause).replaceWith(allocation);
        });
    }
}
