package io.souk.inventory.stock;

import io.quarkus.runtime.annotations.RegisterForReflection;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.UUID;

/**
 * What was booked, movement by movement; {@code onHand} and {@code available} are the level's after the whole booking. A line
 * that changed nothing, as a count that found what was known, has no movement. {@code quantity} is in units; a line that said
 * packs has them too, as it said them.
 */
@RegisterForReflection
@Schema(name = "Booking")
record BookingView(UUID id, List<Line> lines) {

    @RegisterForReflection
    @Schema(name = "BookingLine")
    record Line(
            int line,
            MovementKind kind,
            UUID variantId,
            String sku,
            String location,
            @Nullable String lot,
            long quantity,
            long onHand,
            long available,
            @Nullable String gtin,
            @Nullable Long packs,
            @Nullable Integer unitsPerPack) {}

    static BookingView of(Paper paper, List<Entry> entries, LockedLevels after) {
        return new BookingView(
                paper.id(),
                entries.stream()
                        .map(entry -> line(entry, after.of(entry.key())))
                        .toList());
    }

    private static Line line(Entry entry, StockLevel level) {
        var said = entry.said();
        return new Line(
                entry.line(),
                entry.kind(),
                level.variantId(),
                level.sku(),
                entry.location().code(),
                level.lotCode(),
                entry.quantity(),
                level.onHand(),
                level.available(),
                said == null ? null : said.gtin().digits(),
                said == null ? null : said.packs(),
                said == null ? null : said.unitsPerPack());
    }
}
