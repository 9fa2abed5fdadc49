package io.souk.orders.wishlist;

import java.time.Instant;
import java.util.UUID;

/**
 * A variant on a list.
 *
 * @param sku as the catalogue spelt it when it was added
 * @param place ids in the order of adding
 */
record WishlistItem(UUID productId, UUID variantId, String sku, UUID place, Instant addedAt) {}
