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
        long version,
        Instant createdAt) {}
