package io.souk.inventory.pack;

import io.quarkus.runtime.annotations.RegisterForReflection;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

import java.time.Instant;
import java.util.UUID;

/** {@code gtin} always has 14 digits. */
@RegisterForReflection
@Schema(name = "Pack")
record PackView(
        UUID id,
        String gtin,
        UUID variantId,
        int unitsPerPack,
        PackStatus status,
        long version,
        Instant createdAt,
        Instant updatedAt) {
    static PackView of(Pack pack) {
        return new PackView(
                pack.id(),
                pack.gtin().digits(),
                pack.variantId(),
                pack.unitsPerPack(),
                pack.status(),
                pack.version(),
                pack.createdAt(),
                pack.updatedAt());
    }
}
