package io.souk.catalog.availability;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

import java.util.UUID;

/** From how many units down a variant is low, and whether that was said for it or is the tenant's number. */
@Schema(name = "LowStock")
record LowStockView(UUID variantId, long units, boolean own, long version) {
    static LowStockView of(LowStock low) {
        return new LowStockView(low.variantId(), low.units(), low.own() != null, low.version());
    }
}
