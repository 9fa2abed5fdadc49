package io.souk.orders.checkout;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Startup;
import io.smallrye.mutiny.Uni;
import io.souk.kit.tenant.Tx;
import io.souk.orders.order.Order;
import io.souk.orders.order.OrderState;
import io.souk.orders.order.RecordOrder;
import io.souk.orders.payment.RequestPayment;
import jakarta.enterprise.context.ApplicationScoped;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

/** Takes an order one step on, in the caller's transaction: locks it, asks the saga, writes what follows. */
@Startup // whoever watches the incidents sees the first one only if their count has been 0 before
@ApplicationScoped
class AdvanceCheckout {
    private static final Logger LOG = Logger.getLogger(AdvanceCheckout.class);

    private final RecordOrder orders;
    private final RequestPayment payments;
    private final CheckoutConfig config;
    private final Clock clock;
    private final Counter incidents;

    AdvanceCheckout(
            RecordOrder orders, RequestPayment payments, CheckoutConfig config, Clock clock, MeterRegistry metrics) {
        this.orders = orders;
        this.payments = payments;
        this.config = config;
        this.clock = clock;
        this.incidents = metrics.counter("souk.orders.incidents");
    }

    /**
     * Answers an event. Harmless when the event comes twice or too late. What should never happen is answered too, and told:
     * an error in the log, {@code souk.orders.incidents}, and the order's timeline.
     *
     * @param cause the change event that told of it, if one did
     */
    Uni<Void> on(Tx tx, UUID orderId, CheckoutEvent event, @Nullable UUID cause) {
        return orders.lock(tx, orderId).chain(order -> {
            if (order == null) {
                report(tx, orderId, event, "there is no such order");
                return Uni.createFrom().voidItem();
            }
            return take(tx, order, event, cause);
        });
    }

    private Uni<Void> take(Tx tx, Order order, CheckoutEvent event, @Nullable UUID cause) {
        if (event instanceof CheckoutEvent.DeadlinePassed && !order.deadline().isBefore(clock.instant())) {
            return Uni.createFrom().voidItem(); // it went on between the sweep's look and this lock
        }
        var step = CheckoutSaga.on(order.state(), event);
        if (step.incident()) {
            report(tx, order.id(), event, "it was " + order.status());
        }
        return write(tx, order, step.next(), cause).chain(() -> switch (step.payment()) {
            case NONE -> Uni.createFrom().voidItem();
            case AUTHORISE -> payments.authorise(tx, order.id());
            case RELEASE -> payments.release(tx, order.id());
        });
    }

    /** Told once it is committed: a transaction that is tried again is one incident. */
    private void report(Tx tx, UUID order, CheckoutEvent event, String why) {
        tx.afterCommit(() -> {
            incidents.increment();
            LOG.errorf(
                    "order %s of %s met %s, which should never happen: %s",
                    order, tx.tenant().value(), event.getClass().getSimpleName(), why);
        });
    }

    private Uni<Void> write(Tx tx, Order order, @Nullable OrderState next, @Nullable UUID cause) {
        if (next == null) {
            return Uni.createFrom().voidItem();
        }
        var now = clock.instant();
        return orders.changed(tx, order.in(next, now, deadline(next, now)), cause)
                .replaceWithVoid();
    }

    private Instant deadline(OrderState next, Instant now) {
        return now.plus(
                switch (next.status()) {
                    case PLACED -> config.reservationDeadline();
                    case RESERVED -> config.paymentDeadline();
                    case AUTHORISED -> config.confirmationDeadline();
                    case CONFIRMED, REJECTED, DECLINED, EXPIRED, CANCELLED -> Duration.ZERO;
                });
    }
}
