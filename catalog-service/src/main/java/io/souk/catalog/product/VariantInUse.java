package io.souk.catalog.product;

import io.quarkus.runtime.annotations.RegisterForReflection;

import java.util.UUID;

/** Why a variant cannot be deleted: so many units of it are on hand, free or reserved. */
@RegisterForReflection
record VariantInUse(UUID variantId, String sku, long onHand) {}
