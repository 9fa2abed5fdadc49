package io.souk.orders.payment;

import io.souk.kit.money.Money;

import java.util.UUID;

/**
 * What became of a payment's amount, in minor units; what is asked for and not answered counts as gone.
 *
 * @param authorised what may be captured at most
 */
record Funds(
        UUID payment,
        UUID order,
        long version,
        PaymentStatus status,
        String currency,
        long authorised,
        long captured,
        long capturing,
        long refunded,
        long refunding) {

    Money money(long amount) {
        return new Money(amount, currency);
    }

    /** Nothing of a payment that is not authorised, or given back. */
    long capturable() {
        return status == PaymentStatus.AUTHORISED ? authorised - captured - capturing : 0;
    }

    long refundable() {
        return captured - refunded - refunding;
    }

    /** Whether anything was captured or may be so by now, given back since or not. */
    boolean isTaken() {
        return captured > 0 || capturing > 0;
    }

    /** Whether a capture or a refund has no answer yet. */
    boolean isMoving() {
        return capturing > 0 || refunding > 0;
    }

    /** Whether the order has ended, so that whatever is captured goes back. */
    boolean isGivenBack() {
        return status == PaymentStatus.VOIDING || status == PaymentStatus.VOIDED;
    }
}
