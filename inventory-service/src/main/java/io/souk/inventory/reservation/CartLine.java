package io.souk.inventory.reservation;

import io.souk.inventory.pack.Amount;
import io.souk.inventory.pack.AmountLine;
import org.jspecify.annotations.Nullable;

/**
 * One line of a client's cart.
 *
 * @param line counted from 0, as in the request
 * @param location the code of the location that it must come from; null for wherever it is
 */
record CartLine(int line, Amount amount, @Nullable String location) implements AmountLine {
    @Override
    public String pointer() {
        return "/lines/" + line;
    }

    /** Where in the request it says how much. */
    String sizeField() {
        return pointer() + "/" + amount.sizeField();
    }
}
