package io.souk.inventory.stock;

import org.jspecify.annotations.Nullable;

import java.util.UUID;

/**
 * What a line asks to be held.
 *
 * @param line counted from 0, as in the order
 * @param locationId where it must come from; null for wherever it is
 */
public record Need(
        int line,
        UUID variantId,
        String sku,
        long quantity,
        @Nullable UUID locationId) {
    public Need {
        if (line < 0 || quantity <= 0 || quantity > StockLevel.MAX_UNITS) {
            throw new IllegalArgumentException("line " + line + " asks for " + quantity);
        }
    }
}
