package io.souk.inventory.location;

import io.quarkus.runtime.annotations.RegisterForReflection;
import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.UUID;

/** A location as its events tell it: a vendor's, or with null the tenant's own. */
@RegisterForReflection
public record LocationState(
        UUID id,
        long version,
        String code,
        String name,
        int position,
        @Nullable String vendor,
        List<String> changed) {
    private static final List<String> ALL = List.of("code", "name", "position", "vendor");

    static LocationState created(Location location) {
        return of(location, ALL);
    }

    /** Of a version that is told once more. */
    static LocationState unchanged(Location location) {
        return of(location, List.of());
    }

    private static LocationState of(Location location, List<String> changed) {
        return new LocationState(
                location.id(),
                location.version(),
                location.code(),
                location.name(),
                location.position(),
                location.vendor(),
                changed);
    }
}
