package io.souk.inventory.stock;

import io.souk.inventory.location.LocationCode;
import io.souk.inventory.variant.Variant;
import io.souk.inventory.variant.VariantName;
import org.jspecify.annotations.Nullable;

import java.time.LocalDate;
import java.util.UUID;

/**
 * One line of a booking: so many units of a variant at a location.
 *
 * @param line counted from 0, as in the request
 * @param quantity what it means is the booking's matter
 * @param locationField where the request names the location, as a JSON Pointer
 * @param lot its code; null for goods that have none
 * @param expiresOn the lot's last day, where the line may bring it; null for a lot that must be there
 */
record StockLine(
        int line,
        VariantName variant,
        long quantity,
        String location,
        String locationField,
        @Nullable String lot,
        @Nullable LocalDate expiresOn) {

    /** Of a line that names its own location, or means the main one, and a lot that must be there, or none. */
    static StockLine of(int line, VariantName variant, long quantity, @Nullable String location, @Nullable String lot) {
        return new StockLine(
                line,
                variant,
                quantity,
                location == null ? LocationCode.MAIN : location,
                "/lines/" + line + "/location",
                lot,
                null);
    }

    StockLine at(String newLocation, String field) {
        return new StockLine(line, variant, quantity, newLocation, field, lot, expiresOn);
    }

    StockLine ofLot(@Nullable LocalDate lastDay) {
        return new StockLine(line, variant, quantity, location, locationField, lot, lastDay);
    }

    StockKey key(Variant found, UUID locationId) {
        return new StockKey(found, locationId, lot == null ? "" : lot, expiresOn);
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
