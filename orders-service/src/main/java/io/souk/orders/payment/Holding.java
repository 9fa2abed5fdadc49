package io.souk.orders.payment;

/**
 * What a provider has of a payment at this moment, in minor units of its currency.
 *
 * @param authorised set aside, and neither captured nor given back
 * @param captured taken, and not refunded
 */
public record Holding(long authorised, long captured) {
    /** Also of a payment that the provider has never heard of. */
    public static final Holding NOTHING = new Holding(0, 0);

    public Holding {
        if (authorised < 0 || captured < 0) {
            throw new IllegalArgumentException("not a holding: " + authorised + " and " + captured);
        }
    }

    boolean isNothing() {
        return authorised == 0 && captured == 0;
    }
}
