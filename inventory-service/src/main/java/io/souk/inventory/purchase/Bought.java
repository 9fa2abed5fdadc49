package io.souk.inventory.purchase;

import io.souk.inventory.variant.Variant;
import io.souk.kit.money.Money;
import org.jspecify.annotations.Nullable;

/**
 * Goods of one line of a receipt.
 *
 * @param line counted from 0, as in the receipt
 * @param unitCost null where the receipt does not say it
 */
public record Bought(
        int line, Variant variant, long units, @Nullable Money unitCost) {
    Bought costing(@Nullable Money cost) {
        return new Bought(line, variant, units, cost);
    }
}
