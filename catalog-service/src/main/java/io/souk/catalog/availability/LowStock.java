package io.souk.catalog.availability;

import org.jspecify.annotations.Nullable;

import java.util.UUID;

/**
 * From how many units down a variant is low.
 *
 * @param own as somebody said for it; null when it is as the tenant says
 * @param ofTenant as the tenant says
 * @param version 0 while nobody ever said anything for it
 */
record LowStock(UUID variantId, @Nullable Long own, long ofTenant, long version) {
    static final long MAX_UNITS = 1_000_000_000;

    long units() {
        return own == null ? ofTenant : own;
    }
}
