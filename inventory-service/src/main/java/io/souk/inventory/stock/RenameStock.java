package io.souk.inventory.stock;

import io.smallrye.mutiny.Uni;
import io.souk.inventory.variant.RenamedVariants;
import io.souk.inventory.variant.Variant;
import io.souk.kit.tenant.Tx;
import jakarta.enterprise.context.ApplicationScoped;

import java.util.List;

/** Keeps the SKU that levels are told under as the catalogue spells it now. */
@ApplicationScoped
class RenameStock implements RenamedVariants {
    private final StockRepository levels;
    private final MoveStock moveStock;

    RenameStock(StockRepository levels, MoveStock moveStock) {
        this.levels = levels;
        this.moveStock = moveStock;
    }

    @Override
    public Uni<Void> named(Tx tx, List<Variant> variants) {
        return variants.isEmpty()
                ? Uni.createFrom().voidItem()
                : levels.rename(tx, variants).chain(renamed -> moveStock.publish(tx, renamed, null));
    }
}
