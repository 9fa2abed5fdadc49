package io.souk.inventory.variant;

import io.quarkus.runtime.annotations.RegisterForReflection;

import java.util.List;
import java.util.UUID;

import static java.util.Objects.requireNonNull;

/** What this service reads of a catalogue product. */
@RegisterForReflection
record ProductState(String status, List<ProductVariant> variants) {
    ProductState {
        requireNonNull(status, "status");
        variants = List.copyOf(variants);
    }

    @RegisterForReflection
    record ProductVariant(UUID id, String sku) {
        ProductVariant {
            requireNonNull(id, "id");
            requireNonNull(sku, "sku");
        }
    }
}
