package io.souk.inventory.pack;

import io.quarkus.runtime.annotations.RegisterForReflection;

import java.util.ArrayList;
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
        var changed = new ArrayList<String>();
        if (!before.variantId().equals(after.variantId())) {
            changed.add("variantId");
        }
        if (before.unitsPerPack() != after.unitsPerPack()) {
            changed.add("unitsPerPack");
        }
        if (before.status() != after.status()) {
            changed.add("status");
        }
        return of(after, changed);
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
