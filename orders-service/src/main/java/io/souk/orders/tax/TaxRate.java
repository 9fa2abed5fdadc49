package io.souk.orders.tax;

import io.souk.kit.money.Money;

/**
 * How much of a price is tax.
 *
 * @param millionths of the price without the tax: 8.875 % is 88,750; 0 to 1,000,000
 * @param inclusive whether the tax is in the price that is shown; else it is added to it
 */
public record TaxRate(int millionths, boolean inclusive) {
    public static final int WHOLE = 1_000_000;

    public TaxRate {
        if (millionths < 0 || millionths > WHOLE) {
            throw new IllegalArgumentException("a rate is 0 to " + WHOLE + " millionths, not " + millionths);
        }
    }

    /** The tax of a line at the price that is shown; see {@link Rounding}. */
    public LineTax of(Money amount) {
        long tax = inclusive
                ? Rounding.part(amount.amount(), millionths, WHOLE + (long) millionths)
                : Rounding.part(amount.amount(), millionths, WHOLE);
        return new LineTax(this, new Money(tax, amount.currency()));
    }
}
