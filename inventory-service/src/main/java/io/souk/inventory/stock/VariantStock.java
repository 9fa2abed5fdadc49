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
import java.util.function.ToLongFunction;

/** What there is of a variant, in all and at each location, parted by lot; nothing of an expired lot is available. */
@Schema(name = "VariantStock")
record VariantStock(
        UUID variantId, UUID productId, String sku, long onHand, long reserved, long available, List<Level> levels) {

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
            long version) {}

    static VariantStock of(Variant variant, List<StockLevel> levels, Map<UUID, Location> locations) {
        return new VariantStock(
                variant.id(),
                variant.productId(),
                variant.sku(),
                sum(levels, StockLevel::onHand),
                sum(levels, StockLevel::reserved),
                sum(levels, StockLevel::available),
                levels.stream().map(level -> level(level, locations)).toList());
    }

    static Level level(StockLevel level, Map<UUID, Location> locations) {
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

    private static long sum(List<StockLevel> levels, ToLongFunction<StockLevel> part) {
        return levels.stream().mapToLong(part).reduce(0, Math::addExact);
    }
}
