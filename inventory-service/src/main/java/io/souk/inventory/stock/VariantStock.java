package io.souk.inventory.stock;

import io.souk.inventory.location.Location;
import io.souk.inventory.variant.Variant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

/** What there is of a variant, in all and at each location, parted by lot; nothing of an expired lot is available. */
@Schema(name = "VariantStock")
record VariantStock(
        UUID variantId,
        UUID productId,
        String sku,
        long onHand,
        long reserved,
        long available,

        @Schema(
                description =
                        "By location and lot, the first 100 of those that are not empty, and of empty ones those that are of no lot")
        List<Level> levels,

        @Schema(
                description =
                        "Whether there are more than `levels` shows; they are in the sums. GET /v1/stock/{variantId}/levels has all,"
                                + " page by page")
        boolean moreLevels) {
    /** Of one variant: a page has up to 200 variants, and few are at more locations. */
    static final int MAX_LEVELS = 100;

    @Schema(name = "StockLevel")
    record Level(
            UUID id,
            UUID locationId,
            String location,
            @Nullable String lot,
            @Nullable LocalDate expiresOn,
            long onHand,
            long reserved,
            long available,
            long version) {
        static Level of(StockLevel level, Map<UUID, Location> locations) {
            return new Level(
                    level.id(),
                    level.locationId(),
                    Objects.requireNonNull(locations.get(level.locationId()), "a level's location")
                            .code(),
                    level.lotCode(),
                    level.lot() == null ? null : level.lot().expiresOn(),
                    level.onHand(),
                    level.reserved(),
                    level.available(),
                    level.version());
        }
    }

    /** @param locations those of the levels that are shown */
    static VariantStock of(Variant variant, ShownStock stock, Map<UUID, Location> locations) {
        return new VariantStock(
                variant.id(),
                variant.productId(),
                variant.sku(),
                stock.onHand(),
                stock.reserved(),
                stock.available(),
                stock.first().stream().map(level -> Level.of(level, locations)).toList(),
                !stock.isWhole());
    }
}
