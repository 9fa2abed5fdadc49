package io.souk.inventory.stock;

import io.souk.inventory.location.LocationCode;
import io.souk.inventory.pack.Amount;
import io.souk.inventory.pack.AmountLine;
import io.souk.inventory.variant.Variant;
import org.jspecify.annotations.Nullable;

import java.time.LocalDate;
import java.util.UUID;

/**
 * One line of a booking: so much of something at a location.
 *
 * @param line counted from 0, as in the request
 * @param amount what it means is the booking's matter
 * @param locationField where the request names the location, as a JSON Pointer
 * @param dayField where the request names what says the lot's last day: a transfer names the lot alone
 * @param lot its code; null for goods that have none
 * @param expiresOn the lot's last day, where the line may bring it; null for a lot that must be there
 */
record StockLine(
        int line,
        Amount amount,
        String location,
        String locationField,
        String dayField,
        @Nullable String lot,
        @Nullable LocalDate expiresOn)
        implements AmountLine {

    /** Of a line that names its own location, or means the main one, and a lot that must be there, or none. */
    static StockLine of(int line, Amount amount, @Nullable String location, @Nullable String lot) {
        return new StockLine(
                line,
                amount,
                location == null ? LocationCode.MAIN : location,
                "/lines/" + line + "/location",
                "/lines/" + line + "/expiresOn",
                lot,
                null);
    }

    StockLine at(String newLocation, String field) {
        return new StockLine(line, amount, newLocation, field, dayField, lot, expiresOn);
    }

    StockLine ofLot(@Nullable LocalDate lastDay) {
        return new StockLine(line, amount, location, locationField, dayField, lot, lastDay);
    }

    /** The same goods at the other end of a transfer, whose lot has the day that it has where it comes from. */
    StockLine to(String newLocation, @Nullable LocalDate lastDay) {
        return new StockLine(line, amount, newLocation, "/to", pointer() + "/lot", lot, lastDay);
    }

    StockKey key(Variant found, UUID locationId) {
        return new StockKey(found, locationId, lot == null ? "" : lot, expiresOn);
    }

    @Override
    public String pointer() {
        return "/lines/" + line;
    }

    /** Where in the request it names its variant. */
    String variantField() {
        return pointer() + "/" + amount.nameField();
    }

    /** Where in the request it says how much. */
    String sizeField() {
        return pointer() + "/" + amount.sizeField();
    }
}
