package io.souk.inventory.stock;

import java.util.UUID;

/** How much of a variant there is at a location. */
public record StockLevel(
        UUID id,
        UUID variantId,
        UUID productId,
        String sku,
        UUID locationId,
        long onHand,
        long reserved,
        long version) {
    /** A trillion: the sum over any number of locations that exists on earth still fits, exactly, in every JSON reader. */
    public static final long MAX_UNITS = 1_000_000_000_000L;

    public StockLevel {
        if (reserved < 0 || reserved > onHand || onHand > MAX_UNITS) {
            throw new IllegalArgumentException("level " + id + ": " + reserved + " reserved of " + onHand);
        }
    }

    public long available() {
        return onHand - reserved;
    }
}
