package io.souk.inventory.unit;

import io.quarkus.runtime.annotations.RegisterForReflection;
import io.souk.inventory.variant.TrackByUnit.Tracking;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

import java.util.UUID;

/** A variant of which each unit is known; {@code sku} as the catalogue spelt it last, null for one that it never told of. */
@RegisterForReflection
@Schema(name = "TrackedVariant")
record TrackedVariantView(UUID variantId, @Nullable String sku) {
    static TrackedVariantView of(Tracking tracking) {
        return new TrackedVariantView(tracking.variantId(), tracking.sku());
    }
}
