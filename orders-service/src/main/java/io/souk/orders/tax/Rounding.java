package io.souk.orders.tax;

import java.math.BigInteger;

/**
 * The one rule by which an amount becomes whole minor units: half a unit and more goes up (commercial rounding),
 * exactly, from the fraction itself and never from a rounded intermediate result. Rounded is once for each line of an
 * order; sums are never rounded, since they are made of whole units.
 */
public final class Rounding {
    private Rounding() {}

    /**
     * {@code amount * share / of} in whole minor units.
     *
     * @param amount 0 or more
     * @param share 0 or more
     * @param of 1 or more
     * @throws ArithmeticException when the result is no {@code long}
     */
    public static long part(long amount, long share, long of) {
        if (amount < 0 || share < 0 || of < 1) {
            throw new IllegalArgumentException("no part: %d * %d / %d".formatted(amount, share, of));
        }
        // (2 * amount * share + of) / (2 * of), rounded down, is amount * share / of with its half rounded up
        var twice =
                BigInteger.valueOf(amount).multiply(BigInteger.valueOf(share)).shiftLeft(1);
        return twice.add(BigInteger.valueOf(of))
                .divide(BigInteger.valueOf(of).shiftLeft(1))
                .longValueExact();
    }
}
