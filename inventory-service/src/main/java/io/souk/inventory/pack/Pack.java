package io.souk.inventory.pack;

import io.souk.kit.gtin.Gtin;

import java.time.Instant;
import java.util.UUID;

/** So many units of a variant under a GTIN of their own; an each is a pack of one. */
record Pack(
        UUID id,
        Gtin gtin,
        UUID variantId,
        int unitsPerPack,
        PackStatus status,
        long version,
        Instant createdAt,
        Instant updatedAt) {
    /** Far more than a pallet holds; with the most packs that a line may say, the units still fit a {@code long}. */
    static final int MAX_UNITS = 100_000;

    Pack {
        if (unitsPerPack < 1 || unitsPerPack > MAX_UNITS) {
            throw new IllegalArgumentException("a pack of " + unitsPerPack);
        }
    }

    boolean isActive() {
        return status == PackStatus.ACTIVE;
    }

    /** Whether it is in use as so many units of that variant. */
    boolean is(UUID variant, int units) {
        return isActive() && variantId.equals(variant) && unitsPerPack == units;
    }
}
