package io.souk.orders.payment;

/** A provider's answer. No answer is a failure of the call, and the call is made again. */
public sealed interface Authorisation {
    /**
     * The amount is set aside.
     *
     * @param reference the provider's name for it
     */
    record Approved(String reference) implements Authorisation {}

    record Refused(String reason) implements Authorisation {}
}
