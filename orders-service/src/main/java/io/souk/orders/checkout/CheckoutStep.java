package io.souk.orders.checkout;

import io.souk.orders.order.OrderState;
import org.jspecify.annotations.Nullable;

/**
 * What an event means for an order.
 *
 * @param next the new state; null when the order stays as it is
 * @param payment what is to be done about the payment, in the same transaction
 */
record CheckoutStep(@Nullable OrderState next, PaymentAction payment) {
    static final CheckoutStep NOTHING = new CheckoutStep(null, PaymentAction.NONE);

    enum PaymentAction {
        NONE,
        AUTHORISE,
        RELEASE
    }

    static CheckoutStep to(OrderState next) {
        return new CheckoutStep(next, PaymentAction.NONE);
    }

    static CheckoutStep to(OrderState next, PaymentAction payment) {
        return new CheckoutStep(next, payment);
    }

    static CheckoutStep release() {
        return new CheckoutStep(null, PaymentAction.RELEASE);
    }
}
