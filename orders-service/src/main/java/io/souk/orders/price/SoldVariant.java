package io.souk.orders.price;

import java.util.UUID;

/**
 * What an order's line names of the catalogue.
 *
 * @param sku as it was when it was sold; the catalogue may have renamed it since
 */
public record SoldVariant(UUID productId, UUID variantId, String sku) {}
