package io.souk.inventory.stock;

import java.util.UUID;

/** Units of one level that are set aside for a line; a line that is split over locations has several. */
public record Hold(int line, UUID levelId, UUID locationId, UUID variantId, String sku, long quantity) {}
