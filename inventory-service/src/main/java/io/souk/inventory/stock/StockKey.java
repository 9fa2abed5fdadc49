package io.souk.inventory.stock;

import io.souk.inventory.variant.Variant;
import org.jspecify.annotations.Nullable;

import java.time.LocalDate;
import java.util.UUID;

/**
 * Which level: there is one per variant, location and lot.
 *
 * @param lot its code; empty for what has none
 * @param expiresOn of the lot, for a level that may have to be opened; null for one that must be there, and without a lot
 */
record StockKey(
        Variant variant,
        UUID locationId,
        String lot,
        @Nullable LocalDate expiresOn) implements Comparable<StockKey> {
    static StockKey withoutLot(Variant variant, UUID locationId) {
        return new StockKey(variant, locationId, "", null);
    }

    /** Whether a level can be opened under it. */
    boolean canBeOpened() {
        return lot.isEmpty() || expiresOn != null;
    }

    /** The order in which levels are locked; compared as PostgreSQL compares, by the bytes. */
    @Override
    public int compareTo(StockKey other) {
        int byVariant = byBytes(variant.id(), other.variant.id());
        if (byVariant != 0) {
            return byVariant;
        }
        int byLocation = byBytes(locationId, other.locationId);
        return byLocation != 0 ? byLocation : lot.compareTo(other.lot);
    }

    private static int byBytes(UUID left, UUID right) {
        int byHigh = Long.compareUnsigned(left.getMostSignificantBits(), right.getMostSignificantBits());
        return byHigh != 0
                ? byHigh
                : Long.compareUnsigned(left.getLeastSignificantBits(), right.getLeastSignificantBits());
    }
}
