package io.souk.inventory.pack;

import io.quarkus.runtime.annotations.RegisterForReflection;
import io.souk.kit.event.MovedMembers;

import java.util.List;
import java.util.UUID;

/** A pack as its events tell it. */
@RegisterForReflection
public record PackState(
        UUID id, long version, String gtin, UUID variantId, int unitsPerPack, PackStatus status, List<String> changed) {
    private static final List<String> ALL = List.of("gtin", "variantId", "unitsPerPack", "status");

    static PackState created(Pack pack) {
        return of(pack, ALL);
    }

    static PackState changed(Pack before, Pack after) {
        return of(
                after,
                new MovedMembers()
                        .compare("variantId", before.variantId(), after.variantId())
                        .compare("unitsPerPack", before.unitsPerPack(), after.unitsPerPack())
                        .compare("status", before.status(), after.status())
                        .names());
    }

    /** Of a version that is told once more. */
    static PackState unchanged(Pack pack) {
        return of(pack, List.of());
    }

    private static PackState of(Pack pack, List<String> changed) {
        return new PackState(
                pack.id(),
                pack.version(),
                pack.gtin().digits(),
                pack.variantId(),
                pack.unitsPerPack(),
                pack.status(),
                changed);
    }
}
