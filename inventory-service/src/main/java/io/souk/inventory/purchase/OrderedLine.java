package io.souk.inventory.purchase;

import io.souk.inventory.pack.Amount;
import io.souk.inventory.pack.AmountLine;
import io.souk.kit.money.Money;

/**
 * A line of a new order.
 *
 * @param line counted from 0, as in the request
 * @param unitCost of a unit, also where the line says packs
 */
record OrderedLine(int line, Amount amount, Money unitCost) implements AmountLine {
    @Override
    public String pointer() {
        return "/lines/" + line;
    }

    /** Where in the request it names its variant. */
    String variantField() {
        return pointer() + "/" + amount.nameField();
    }
}
