package io.souk.kit.money;

import java.util.Currency;

/**
 * An amount of zero or more minor units (cents, yen) of a currency known to ISO 4217; what would be negative is named
 * for what it is (a refund, a discount) and stays positive.
 */
public record Money(long amount, String currency) {
    /** The largest amount taken: 90 trillion units of a two-digit currency, and exact in every JSON reader (2^53 - 1). */
    public static final long MAX_AMOUNT = 9_007_199_254_740_991L;

    public Money {
        if (amount < 0 || amount > MAX_AMOUNT) {
            throw new IllegalArgumentException("amount must be between 0 and " + MAX_AMOUNT + " minor units");
        }
        if (!isCurrency(currency)) {
            throw new IllegalArgumentException("currency must be an ISO 4217 code such as USD");
        }
    }

    /** True for the three capital letters of a currency in use, past or present. */
    public static boolean isCurrency(String code) {
        if (code.length() != 3) {
            return false;
        }
        try {
            return Currency.getInstance(code).getCurrencyCode().equals(code);
        } catch (IllegalArgumentException unknown) {
            return false;
        }
    }

    /** Fails with {@link ArithmeticException} beyond {@link #MAX_AMOUNT} and when the currencies differ. */
    public Money plus(Money other) {
        if (!currency.equals(other.currency)) {
            throw new ArithmeticException("cannot add " + other.currency + " to " + currency);
        }
        return exact(Math.addExact(amount, other.amount));
    }

    /** This amount for each of {@code quantity} units; fails with {@link ArithmeticException} beyond {@link #MAX_AMOUNT}. */
    public Money times(long quantity) {
        return exact(Math.multiplyExact(amount, quantity));
    }

    private Money exact(long sum) {
        if (sum < 0 || sum > MAX_AMOUNT) {
            throw new ArithmeticException("the sum is beyond " + MAX_AMOUNT + " minor units");
        }
        return new Money(sum, currency);
    }
}
