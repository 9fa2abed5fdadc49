package io.souk.inventory.variant;

import io.quarkus.runtime.annotations.RegisterForReflection;

import java.util.List;
import java.util.UUID;

/** What this service reads of a catalogue product. */
@RegisterForReflection
record ProductState(String status, List<ProductVariant> variants) {

    @RegisterForReflection
    record ProductVariant(UUID id, String sku) {}
}
