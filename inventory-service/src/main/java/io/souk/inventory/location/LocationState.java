package io.souk.inventory.location;

import io.quarkus.runtime.annotations.RegisterForReflection;
import io.souk.kit.event.MovedMembers;
import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
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
        LocationStatus status,
        List<String> changed) {
    private static final List<String> ALL = List.of("code", "name", "position", "status");

    static LocationState created(Location location) {
        var changed = new ArrayList<>(ALL);
        if (location.vendor() != null) {
            changed.add("vendor");
        }
        return of(location, changed);
    }

    /** Code and vendor are for good. */
    static LocationState changed(Location before, Location after) {
        return of(
                after,
                new MovedMembers()
                        .compare("name", before.name(), after.name())
                        .compare("position", before.position(), after.position())
                        .compare("status", before.status(), after.status())
                        .names());
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
                location.status(),
                changed);
    }
}
