package io.souk.inventory.stock;

import io.quarkus.runtime.annotations.RegisterForReflection;
import org.jspecify.annotations.Nullable;

import java.time.LocalDate;
import java.util.List;
import java.util.UUID;

/** A stock level as its events tell it: nothing of a lot that has expired is {@code available}. */
@RegisterForReflection
public record StockState(
        UUID id,
        long version,
        UUID variantId,
        UUID productId,
        String sku,
        UUID locationId,
        @Nullable String lot,
        @Nullable LocalDate expiresOn,
        long onHand,
        long reserved,
        long available,
        List<String> changed) {
    static StockState of(StockLevel level, List<String> changed) {
        return new StockState(
                level.id(),
                level.version(),
                level.variantId(),
                level.productId(),
                level.sku(),
                level.locationId(),
                level.lotCode(),
                level.lot() == null ? null : level.lot().expiresOn(),
                level.onHand(),
                level.reserved(),
                level.available(),
                changed);
    }
}
