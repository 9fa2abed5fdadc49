package io.souk.orders.payment;

/** What a provider is asked to do. */
public enum CallKind {
    AUTHORISE,
    VOID,
    CAPTURE,
    REFUND
}
