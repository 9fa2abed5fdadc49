package io.souk.orders.tax;

import org.jspecify.annotations.Nullable;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * A shop's table of rates at one version.
 *
 * @param version 0 while there never was a table
 */
record TaxTable(long version, List<TableRate> rates) {
    static final int MAX_RATES = 1_000;

    TaxTable {
        rates = List.copyOf(rates);
    }

    /** Whether no tax can be told of that country alone. */
    boolean dependsOnRegion(String country) {
        return rates.stream().anyMatch(row -> row.country().equals(country) && row.region() != null);
    }

    /** The most precise rate that suits; none when none does, and then there is no tax. */
    Optional<TaxRate> rate(Destination shipTo, @Nullable String category) {
        return rates.stream()
                .filter(row -> row.suits(shipTo, category))
                .max(Comparator.comparingInt(TableRate::precision))
                .map(TableRate::rate);
    }
}
