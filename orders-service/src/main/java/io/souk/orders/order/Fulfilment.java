package io.souk.orders.order;

import org.jspecify.annotations.Nullable;

/**
 * How an order's goods were sent, as far as the shop says it. Stays in this service: a tracking number leads to a parcel, and
 * so to a person.
 */
public record Fulfilment(@Nullable String carrier, @Nullable String trackingNumber) {
    public static final int MAX_TEXT = 100;

    /** Of which nothing is known but that the goods have left. */
    public static final Fulfilment UNTOLD = new Fulfilment(null, null);

    /** For a sentence that ends with it; empty when nothing is known. The number is not for all who read the sentence. */
    String told() {
        return carrier == null ? "" : " with " + carrier;
    }

    /** Without what leads to a person. */
    Fulfilment untracked() {
        return new Fulfilment(carrier, null);
    }
}
