package io.souk.inventory.stock;

import io.quarkus.runtime.annotations.RegisterForReflection;
import io.souk.kit.event.MovedMembers;
import org.jspecify.annotations.Nullable;

import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/** A stock level as its events tell it: nothing of a lot that has expired is {@code available}. */
@RegisterForReflection
public record StockState(
        UUID id,
        long version,
        UUID variantId,
        UUID productId,
        String sku,
        UUID locationId,
        @Nullable String lot,
        @Nullable LocalDate expiresOn,
        long onHand,
        long reserved,
        long available,
        List<String> changed) {
    private static final List<String> ALWAYS =
            List.of("variantId", "productId", "sku", "locationId", "onHand", "reserved", "available");

    /** What moved; of a level that nobody has heard of, all that it says. */
    static StockState changed(MovedLevel level) {
        var before = level.before();
        var after = level.after();
        return of(after, before.version() == 0 ? all(after) : moved(before, after));
    }

    /** Of a version that is told once more. */
    static StockState unchanged(StockLevel level) {
        return of(level, List.of());
    }

    private static List<String> all(StockLevel level) {
        return level.lot() == null
                ? ALWAYS
                : Stream.concat(ALWAYS.stream(), Stream.of("lot", "expiresOn")).toList();
    }

    private static List<String> moved(StockLevel before, StockLevel after) {
        return new MovedMembers()
                .compare("productId", before.productId(), after.productId())
                .compare("sku", before.sku(), after.sku())
                .compare("expiresOn", before.lot(), after.lot()) // its code is for good
                .compare("onHand", before.onHand(), after.onHand())
                .compare("reserved", before.reserved(), after.reserved())
                .compare("available", before.available(), after.available())
                .names();
    }

    private static StockState of(StockLevel level, List<String> changed) {
        return new StockState(
                level.id(),
                level.version(),
                level.variantId(),
                level.productId(),
                level.sku(),
                level.locationId(),
                level.lotCode(),
                level.lot() == null ? null : level.lot().expiresOn(),
                level.onHand(),
                level.reserved(),
                level.available(),
                changed);
    }
}
