package io.souk.catalog.availability;

import io.souk.catalog.input.Faults;
import org.jspecify.annotations.Nullable;

/** What a number of units must be for a variant to be low from it down. */
public final class LowStockRules {
    private LowStockRules() {}

    public static void check(Faults faults, String pointer, @Nullable Long units) {
        if (units != null && (units < 0 || units > LowStock.MAX_UNITS)) {
            faults.at(pointer, "must be between 0 and " + LowStock.MAX_UNITS);
        }
    }
}
