package io.souk.orders.checkout;

import io.souk.orders.order.OrderState;
import org.jspecify.annotations.Nullable;

/**
 * What an event means for an order.
 *
 * @param next the new state; null when the order stays as it is
 * @param payment what is to be done about the payment, in the same transaction
 * @param incident whether this should never have happened, so that a person has to look
 */
record CheckoutStep(@Nullable OrderState next, PaymentAction payment, boolean incident) {
    static final CheckoutStep NOTHING = new CheckoutStep(null, PaymentAction.NONE, false);

    enum PaymentAction {
        NONE,
        AUTHORISE,
        /** Take what is authorised and was not taken yet. */
        CAPTURE,
        RELEASE
    }

    static CheckoutStep to(OrderState next) {
        return new CheckoutStep(next, PaymentAction.NONE, false);
    }

    static CheckoutStep to(OrderState next, PaymentAction payment) {
        return new CheckoutStep(next, payment, false);
    }

    static CheckoutStep incident(OrderState next, PaymentAction payment) {
        return new CheckoutStep(next, payment, true);
    }

    /** The order stays as it is. */
    static CheckoutStep incidentOnly() {
        return new CheckoutStep(null, PaymentAction.NONE, true);
    }

    /** The order stays as it is. */
    static CheckoutStep only(PaymentAction payment) {
        return new CheckoutStep(null, payment, false);
    }
}
