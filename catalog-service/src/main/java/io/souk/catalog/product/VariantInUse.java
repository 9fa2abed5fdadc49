package io.souk.catalog.product;

import io.quarkus.runtime.annotations.RegisterForReflection;

import java.util.UUID;

/** Why a variant cannot be deleted: so many units of it are on hand, free or reserved, or that is not certain. */
@RegisterForReflection
record VariantInUse(UUID variantId, String sku, long onHand, boolean doubted) {
    static VariantInUse of(Variant variant, VariantUse.Use use) {
        return new VariantInUse(variant.id(), variant.sku().value(), use.units(), use.doubted());
    }
}
