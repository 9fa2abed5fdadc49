package io.souk.orders.tax;

import org.jspecify.annotations.Nullable;

/**
 * A row of a shop's table of rates.
 *
 * @param region null: every region of the country
 * @param category null: every category
 */
record TableRate(
        String country, @Nullable String region, @Nullable String category, TaxRate rate) {

    boolean suits(Destination shipTo, @Nullable String lineCategory) {
        return country.equals(shipTo.country())
                && (region == null || region.equals(shipTo.region()))
                && (category == null || category.equals(lineCategory));
    }

    /** Of two rates that suit, the one with the higher number counts: a region says more than a category. */
    int precision() {
        return (region == null ? 0 : 2) + (category == null ? 0 : 1);
    }
}
