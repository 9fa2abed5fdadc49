package io.souk.orders.order;

import io.souk.kit.money.Money;

import java.util.UUID;

/** Some units of one variant at the price that held when the order was placed. */
public record OrderLine(int line, UUID productId, UUID variantId, String sku, int quantity, Money unitPrice) {
    public static final int MAX_QUANTITY = 10_000;

    public OrderLine {
        if (line < 0 || quantity < 1 || quantity > MAX_QUANTITY) {
            throw new IllegalArgumentException("not a line: place " + line + ", quantity " + quantity);
        }
    }

    /** Fails with {@link ArithmeticException} beyond the largest amount. */
    public Money total() {
        return unitPrice.times(quantity);
    }
}
