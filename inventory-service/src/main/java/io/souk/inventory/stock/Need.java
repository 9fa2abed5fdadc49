package io.souk.inventory.stock;

import java.util.UUID;

/**
 * What a line asks to be held.
 *
 * @param line counted from 0, as in the order
 */
public record Need(int line, UUID variantId, String sku, long quantity) {
    public Need {
        if (line < 0 || quantity <= 0 || quantity > StockLevel.MAX_UNITS) {
            throw new IllegalArgumentException("line " + line + " asks for " + quantity);
        }
    }
}
