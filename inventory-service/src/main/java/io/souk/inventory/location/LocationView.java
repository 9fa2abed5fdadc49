package io.souk.inventory.location;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

import java.time.Instant;
import java.util.UUID;

@Schema(name = "Location")
record LocationView(UUID id, String code, String name, int position, long version, Instant createdAt) {
    static LocationView of(Location location) {
        return new LocationView(
                location.id(),
                location.code(),
                location.name(),
                location.position(),
                location.version(),
                location.createdAt());
    }
}
