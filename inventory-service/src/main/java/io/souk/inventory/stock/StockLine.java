package io.souk.inventory.stock;

import io.souk.inventory.location.LocationCode;
import io.souk.inventory.variant.VariantName;
import org.jspecify.annotations.Nullable;

/**
 * One line of a booking: so many units of a variant at a location.
 *
 * @param line counted from 0, as in the request
 * @param quantity what it means is the booking's matter
 * @param locationField where the request names the location, as a JSON Pointer
 */
record StockLine(int line, VariantName variant, long quantity, String location, String locationField) {

    /** Of a line that names its own location, or means the main one. */
    static StockLine of(int line, VariantName variant, long quantity, @Nullable String location) {
        return new StockLine(
                line,
                variant,
                quantity,
                location == null ? LocationCode.MAIN : location,
                "/lines/" + line + "/location");
    }

    /** Where in the request it stands. */
    String pointer() {
        return "/lines/" + line;
    }

    /** Where in the request it names its variant. */
    String variantField() {
        return pointer() + "/" + variant.field();
    }
}
