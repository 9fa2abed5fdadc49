package io.souk.inventory.stock;

import io.souk.inventory.variant.Variant;
import org.jspecify.annotations.Nullable;

import java.util.UUID;

/**
 * How much of a variant there is at a location; of what is parted by lot, how much of one lot.
 *
 * @param lot null for what has none
 * @param byUnit whether each of its units is known
 * @param expired whether the lot's last day has passed
 */
public record StockLevel(
        UUID id,
        UUID variantId,
        UUID productId,
        String sku,
        UUID locationId,
        @Nullable Lot lot,
        boolean byUnit,
        boolean expired,
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

    /** Whose level it is, as the catalogue spells it. */
    public Variant variant() {
        return new Variant(variantId, productId, sku);
    }

    /** What nobody is promised. */
    public long free() {
        return onHand - reserved;
    }

    /** What can be promised: nothing of a lot that has expired. */
    public long available() {
        return expired ? 0 : free();
    }

    /** The lot's code; null for what has none. */
    public @Nullable String lotCode() {
        return lot == null ? null : lot.code();
    }
}
