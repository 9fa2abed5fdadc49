package io.souk.orders.tax;

import io.souk.kit.money.Money;

/**
 * The tax of one line.
 *
 * @param amount contained in the line's price or to be added to it, as the rate says
 */
public record LineTax(TaxRate rate, Money amount) {
    /** What the line costs with its tax; fails with {@link ArithmeticException} beyond the largest amount. */
    public Money on(Money price) {
        return rate.inclusive() ? price : price.plus(amount);
    }
}
