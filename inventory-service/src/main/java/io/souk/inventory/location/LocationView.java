package io.souk.inventory.location;

import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.UUID;

/** {@code vendor} is whose it is; null for the tenant's own. */
@Schema(name = "Location")
record LocationView(
        UUID id,
        String code,
        String name,
        int position,
        @Nullable String vendor,
        LocationStatus status,
        long version,
        Instant createdAt) {
    static LocationView of(Location location) {
        return new LocationView(
                location.id(),
                location.code(),
                location.name(),
                location.position(),
                location.vendor(),
                location.status(),
                location.version(),
                location.createdAt());
    }
}
