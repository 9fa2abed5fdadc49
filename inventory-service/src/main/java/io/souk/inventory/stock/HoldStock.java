package io.souk.inventory.stock;

import io.smallrye.mutiny.Uni;
import io.souk.kit.tenant.Tx;
import jakarta.enterprise.context.ApplicationScoped;

import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;

/** Sets stock aside for the lines of an order. */
@ApplicationScoped
public class HoldStock {
    private final StockRepository levels;
    private final MoveStock moveStock;

    HoldStock(StockRepository levels, MoveStock moveStock) {
        this.levels = levels;
        this.moveStock = moveStock;
    }

    /**
     * Holds every line or none of them, in the caller's transaction; the levels stay locked until it ends.
     *
     * @param cause the event that asks for it
     */
    public Uni<Allocation> hold(Tx tx, List<Need> needs, UUID cause) {
        var variants = needs.stream().map(Need::variantId).collect(Collectors.toUnmodifiableSet());
        return levels.lockByVariant(tx, variants)
                .map(placed -> Allocation.of(needs, placed))
                .call(allocation -> set(tx, allocation, cause));
    }

    private Uni<Void> set(Tx tx, Allocation allocation, UUID cause) {
        return switch (allocation) {
            case Allocation.Held held ->
                moveStock
                        .move(tx, Promises.of(held.holds(), 1), MoveStock.PROMISED, cause)
                        .replaceWithVoid();
            case Allocation.Refused _ -> Uni.createFrom().voidItem();
        };
    }
}
