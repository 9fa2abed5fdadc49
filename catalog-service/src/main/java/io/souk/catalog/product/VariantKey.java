package io.souk.catalog.product;

import java.util.UUID;

/** A variant by its id, and its SKU as it is written. */
public record VariantKey(UUID id, String sku) {}
