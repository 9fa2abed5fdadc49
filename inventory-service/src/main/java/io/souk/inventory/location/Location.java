package io.souk.inventory.location;

import java.time.Instant;
import java.util.UUID;

/**
 * A warehouse, a shop, a shelf.
 *
 * @param position orders take from the lowest position first
 */
public record Location(UUID id, String code, String name, int position, long version, Instant createdAt) {}
