package io.souk.inventory.variant;

import java.util.UUID;

/** A thing that can be in stock, as the catalogue names it. */
public record Variant(UUID id, UUID productId, String sku) {}
