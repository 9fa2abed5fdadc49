package io.souk.inventory.stock;

import io.souk.inventory.variant.Variant;

import java.util.UUID;

/** Which level: there is one per variant and location. */
record StockKey(Variant variant, UUID locationId) implements Comparable<StockKey> {

    /** The order in which levels are locked; compared as PostgreSQL compares, by the bytes. */
    @Override
    public int compareTo(StockKey other) {
        int byVariant = byBytes(variant.id(), other.variant.id());
        return byVariant != 0 ? byVariant : byBytes(locationId, other.locationId);
    }

    private static int byBytes(UUID left, UUID right) {
        int byHigh = Long.compareUnsigned(left.getMostSignificantBits(), right.getMostSignificantBits());
        return byHigh != 0
                ? byHigh
                : Long.compareUnsigned(left.getLeastSignificantBits(), right.getLeastSignificantBits());
    }
}
