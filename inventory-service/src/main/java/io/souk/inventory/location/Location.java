package io.souk.inventory.location;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.UUID;

/**
 * A warehouse, a shop, a shelf.
 *
 * @param position orders take from the lowest position first
 * @param vendor whose it is, for good; null for the tenant's own
 */
public record Location(
        UUID id,
        String code,
        String name,
        int position,
        @Nullable String vendor,
        LocationStatus status,
        long version,
        Instant createdAt) {
    public boolean isOpen() {
        return status == LocationStatus.OPEN;
    }

    /** As people say it is now. */
    Location edited(String newName, int newPosition, LocationStatus newStatus) {
        return new Location(id, code, newName, newPosition, vendor, newStatus, version, createdAt);
    }
}
