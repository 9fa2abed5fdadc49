package io.souk.catalog.availability;

import java.util.List;
import java.util.UUID;

/**
 * One version of what of a product can be had.
 *
 * @param version 0 while nothing is known of its stock
 * @param variants those of which a stock level is known, in the product's order
 */
record Availability(UUID productId, long version, List<OfVariant> variants) {
    record OfVariant(UUID variantId, String sku, long available) {}

    Availability {
        variants = List.copyOf(variants);
    }

    static Availability unknown(UUID productId) {
        return new Availability(productId, 0, List.of());
    }

    /** The next version, or this one when no number changes. */
    Availability replace(List<OfVariant> with) {
        return variants.equals(with) ? this : new Availability(productId, version + 1, with);
    }

    long available() {
        return variants.stream().mapToLong(OfVariant::available).sum();
    }
}
