package io.souk.catalog.availability;

import java.util.List;
import java.util.UUID;

/**
 * One version of what of a product can be had.
 *
 * @param version 0 while nothing is known of its stock
 * @param variants those of which a stock level is known, in the product's order
 * @param doubted whether something was told of one of the levels that could not be understood
 */
record Availability(UUID productId, long version, List<OfVariant> variants, boolean doubted) {
    record OfVariant(UUID variantId, String sku, long available) {}

    Availability {
        variants = List.copyOf(variants);
    }

    static Availability unknown(UUID productId) {
        return new Availability(productId, 0, List.of(), false);
    }

    /** The next version, or this one when nothing changes. */
    Availability replace(List<OfVariant> with, boolean doubt) {
        return variants.equals(with) && doubted == doubt ? this : new Availability(productId, version + 1, with, doubt);
    }

    long available() {
        return variants.stream().mapToLong(OfVariant::available).sum();
    }
}
