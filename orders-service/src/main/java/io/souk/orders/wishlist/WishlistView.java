package io.souk.orders.wishlist;

import io.quarkus.runtime.annotations.RegisterForReflection;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

import java.time.Instant;
import java.util.UUID;

/** A list as its customer sees it; {@code version} is what If-Match takes. */
@Schema(name = "Wishlist")
@RegisterForReflection
record WishlistView(
        UUID id,
        long version,
        String name,
        @Schema(description = "How many lie on it.") int itemCount,
        Instant createdAt,
        Instant updatedAt) {

    /** A variant on a list. */
    @Schema(name = "WishlistItem")
    @RegisterForReflection
    record Item(
            UUID productId,
            UUID variantId,

            @Schema(description = "As it was when it was added.")
            String sku,

            Instant addedAt) {
        static Item of(WishlistItem item) {
            return new Item(item.productId(), item.variantId(), item.sku(), item.addedAt());
        }
    }

    static WishlistView of(Wishlist list) {
        return new WishlistView(
                list.id(), list.version(), list.name(), list.items(), list.createdAt(), list.updatedAt());
    }
}
