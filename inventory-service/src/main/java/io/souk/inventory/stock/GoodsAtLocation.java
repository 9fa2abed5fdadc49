package io.souk.inventory.stock;

import io.smallrye.mutiny.Uni;
import io.souk.inventory.location.LocationUse;
import io.souk.kit.tenant.Tx;
import jakarta.enterprise.context.ApplicationScoped;

import java.util.List;
import java.util.UUID;

/** Tells what is on hand at a location, promised or not. */
@ApplicationScoped
class GoodsAtLocation implements LocationUse {
    private final StockRepository levels;

    GoodsAtLocation(StockRepository levels) {
        this.levels = levels;
    }

    @Override
    public Uni<List<String>> listAt(Tx tx, UUID location, int most) {
        return levels.listLyingAt(tx, location, most)
                .map(found -> found.stream().map(GoodsAtLocation::words).toList());
    }

    private static String words(StockLevel level) {
        return level.lot() == null
                ? "%d of %s lie there".formatted(level.onHand(), level.sku())
                : "%d of %s, lot %s, lie there"
                        .formatted(level.onHand(), level.sku(), level.lot().code());
    }
}
