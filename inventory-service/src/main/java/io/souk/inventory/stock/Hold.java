package io.souk.inventory.stock;

import org.jspecify.annotations.Nullable;

import java.util.UUID;

/**
 * Units of one level that are set aside for a line; a line that is split over locations or lots has several.
 *
 * @param lot its code; null for what has none
 * @param byUnit whether each of them is known
 */
public record Hold(
        int line,
        UUID levelId,
        UUID locationId,
        @Nullable String lot,
        UUID variantId,
        String sku,
        long quantity,
        boolean byUnit) {}
