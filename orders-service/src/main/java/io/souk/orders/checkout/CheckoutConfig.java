package io.souk.orders.checkout;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

import java.time.Duration;

/** How long an order waits for each answer. */
@ConfigMapping(prefix = "souk.checkout")
interface CheckoutConfig {
    /**
     * For inventory's answer to a placed order, 10 minutes by default: an outage of Kafka or of inventory shorter than this
     * delays orders and ends none.
     */
    @WithDefault("PT10M")
    Duration reservationDeadline();

    /**
     * For the payment, 2 minutes by default. Inventory holds a reservation for 15 minutes, and this must stay well below it,
     * so that stock never runs out under a payment that may still succeed.
     */
    @WithDefault("PT2M")
    Duration paymentDeadline();

    /** For the reservation to be made final after the payment, 10 minutes by default. */
    @WithDefault("PT10M")
    Duration confirmationDeadline();
}
