package io.souk.orders.checkout;

import io.quarkus.runtime.StartupEvent;
import io.souk.orders.order.OrderState;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import org.eclipse.microprofile.config.inject.ConfigProperty;

import java.time.Duration;
import java.time.Instant;

/**
 * Until when each step waits for its answer. A payment never waits longer than its stock is held: the reservation says itself
 * until when it holds, and half a minute of that is left to make it final.
 */
@ApplicationScoped
class Deadlines {
    /** What inventory needs to see that the order is paid: one round through Kafka, with room for a restart of a service. */
    static final Duration TO_CONFIRM = Duration.ofSeconds(30);

    private final CheckoutConfig config;

    /**
     * Fails when every payment would outlive its stock.
     *
     * @param reservationLifetime inventory's own property, to be set alike for both services
     */
    Deadlines(
            CheckoutConfig config,
            @ConfigProperty(name = "souk.inventory.reservation.lifetime", defaultValue = "15m")
                    Duration reservationLifetime) {
        if (config.paymentDeadline().plus(TO_CONFIRM).compareTo(reservationLifetime) > 0) {
            throw new IllegalStateException(
                    "souk.checkout.payment-deadline, %s, must be at least %s shorter than souk.inventory.reservation.lifetime, %s"
                            .formatted(config.paymentDeadline(), TO_CONFIRM, reservationLifetime));
        }
        this.config = config;
    }

    /** Checks at the start of the service, not with the first order. */
    void start(@Observes StartupEvent started) {}

    Instant ofPlaced(Instant now) {
        return now.plus(config.reservationDeadline());
    }

    /** @param event what led to the state */
    Instant of(OrderState next, CheckoutEvent event, Instant now) {
        return switch (next) {
            case OrderState.Placed _ -> ofPlaced(now);
            case OrderState.Reserved _ -> payment(event, now);
            case OrderState.Authorised _ -> now.plus(config.confirmationDeadline());
            case OrderState.Confirmed _,
                    OrderState.Fulfilled _,
                    OrderState.Delivered _,
                    OrderState.Rejected _,
                    OrderState.Declined _,
                    OrderState.Expired _,
                    OrderState.Cancelled _ -> now;
        };
    }

    private Instant payment(CheckoutEvent event, Instant now) {
        var usual = now.plus(config.paymentDeadline());
        if (!(event instanceof CheckoutEvent.StockReserved stock)) {
            return usual;
        }
        var latest = stock.until().minus(TO_CONFIRM);
        return latest.isBefore(usual) ? latest : usual;
    }
}
