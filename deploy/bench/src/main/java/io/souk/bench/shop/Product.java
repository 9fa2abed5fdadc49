package io.souk.bench.shop;

import java.util.UUID;

/** One that has a single variant, and a price. */
public record Product(UUID id, UUID variant, String sku) {}
