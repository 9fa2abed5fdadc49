package io.souk.orders.checkout;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;

import java.time.Duration;

/** How long an order waits for each answer, and how many requests wait for orders. */
@ConfigMapping(prefix = "souk.checkout")
interface CheckoutConfig {
    /**
     * For inventory's answer to a placed order, 10 minutes by default: an outage of Kafka or of inventory shorter than this
     * delays orders and ends none.
     */
    @WithDefault("PT10M")
    @DurationMin(seconds = 1)
    @DurationMax(days = 1)
    Duration reservationDeadline();

    /**
     * For the payment, 2 minutes by default, and never longer than the reservation holds, less 30 s. A start with more than
     * {@code souk.inventory.reservation.lifetime} less 30 s fails.
     */
    @WithDefault("PT2M")
    @DurationMin(seconds = 1)
    @DurationMax(days = 1)
    Duration paymentDeadline();

    /** For the reservation to be made final after the payment, 10 minutes by default. */
    @WithDefault("PT10M")
    @DurationMin(seconds = 1)
    @DurationMax(days = 1)
    Duration confirmationDeadline();

    /**
     * Requests that wait for an outcome ({@code Prefer: wait}) on one replica, 256 by default; 0: none waits. Each reads its order twice a
     * second, so far more would take the database from those who place orders. Beyond it the answer is 202 at once.
     */
    @WithDefault("256")
    @Min(0)
    @Max(100_000)
    int maxWaits();

    /** Of these, those of one tenant, 32 by default: at the default, eight tenants have to be busy before others are refused. */
    @WithDefault("32")
    @Min(0)
    @Max(100_000)
    int maxWaitsPerTenant();
}
