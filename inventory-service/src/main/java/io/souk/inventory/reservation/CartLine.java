package io.souk.inventory.reservation;

import io.souk.inventory.variant.VariantName;
import org.jspecify.annotations.Nullable;

/**
 * One line of a client's cart.
 *
 * @param line counted from 0, as in the request
 * @param location the code of the location that it must come from; null for wherever it is
 */
record CartLine(
        int line,
        VariantName variant,
        long quantity,
        @Nullable String location) {
    String pointer() {
        return "/lines/" + line;
    }
}
