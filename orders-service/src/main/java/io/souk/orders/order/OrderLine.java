package io.souk.orders.order;

import io.souk.kit.money.Money;
import io.souk.orders.tax.LineTax;
import org.jspecify.annotations.Nullable;

import java.util.UUID;

/**
 * Some units of one variant at the price that held when the order was placed.
 *
 * @param tax as it was charged; null when the line bears none
 */
public record OrderLine(
        int line,
        UUID productId,
        UUID variantId,
        String sku,
        int quantity,
        Money unitPrice,
        @Nullable LineTax tax) {
    public static final int MAX_QUANTITY = 10_000;

    public OrderLine {
        if (line < 0 || quantity < 1 || quantity > MAX_QUANTITY) {
            throw new IllegalArgumentException("not a line: place " + line + ", quantity " + quantity);
        }
        if (tax != null && !tax.amount().currency().equals(unitPrice.currency())) {
            throw new IllegalArgumentException("a line has one currency");
        }
    }

    /** At the price that was shown. Fails with {@link ArithmeticException} beyond the largest amount. */
    public Money amount() {
        return unitPrice.times(quantity);
    }

    /** What is charged for it: its amount, and the tax that is not in it. Fails with {@link ArithmeticException} as well. */
    public Money total() {
        return tax == null ? amount() : tax.on(amount());
    }

    public OrderLine taxed(@Nullable LineTax charged) {
        return new OrderLine(line, productId, variantId, sku, quantity, unitPrice, charged);
    }
}
