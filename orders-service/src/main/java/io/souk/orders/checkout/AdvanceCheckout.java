package io.souk.orders.checkout;

import io.smallrye.mutiny.Uni;
import io.souk.kit.tenant.Tx;
import io.souk.orders.cart.LockCart;
import io.souk.orders.order.Incidents;
import io.souk.orders.order.Order;
import io.souk.orders.order.OrderState;
import io.souk.orders.order.RecordOrder;
import io.souk.orders.payment.RequestPayment;
import jakarta.enterprise.context.ApplicationScoped;
import org.jspecify.annotations.Nullable;

import java.time.Clock;
import java.util.UUID;
import java.util.function.Supplier;

/** Takes an order one step on, in the caller's transaction: locks it, asks the saga, writes what follows. */
@ApplicationScoped
class AdvanceCheckout {
    private final RecordOrder orders;
    private final RequestPayment payments;
    private final LockCart carts;
    private final Deadlines deadlines;
    private final Clock clock;
    private final Incidents incidents;

    AdvanceCheckout(
            RecordOrder orders,
            RequestPayment payments,
            LockCart carts,
            Deadlines deadlines,
            Clock clock,
            Incidents incidents) {
        this.orders = orders;
        this.payments = payments;
        this.carts = carts;
        this.deadlines = deadlines;
        this.clock = clock;
        this.incidents = incidents;
    }

    /**
     * Answers an event. Harmless when the event comes twice or too late. What should never happen is answered too, and told:
     * an error in the log, {@code souk.orders.incidents}, and the order's timeline.
     *
     * @param cause the change event that told of it, if one did
     */
    Uni<Void> on(Tx tx, UUID orderId, CheckoutEvent event, @Nullable UUID cause) {
        return orders.lock(tx, orderId).chain(order -> step(tx, orderId, order, event, cause));
    }

    /**
     * As {@link #on}, of what the payment's provider said.
     *
     * @param store writes it into the payment's books: under the order's lock, which everybody takes before the payment's, and
     *     before anything is asked of the payment because of it
     */
    Uni<Void> onAnswer(Tx tx, UUID orderId, CheckoutEvent event, Supplier<Uni<Void>> store) {
        return orders.lock(tx, orderId).chain(order -> store.get().chain(() -> step(tx, orderId, order, event, null)));
    }

    private Uni<Void> step(Tx tx, UUID orderId, @Nullable Order order, CheckoutEvent event, @Nullable UUID cause) {
        if (order == null) {
            report(tx, orderId, event, "there is no such order");
            return Uni.createFrom().voidItem();
        }
        return take(tx, order, event, cause);
    }

    private Uni<Void> take(Tx tx, Order order, CheckoutEvent event, @Nullable UUID cause) {
        if (event instanceof CheckoutEvent.DeadlinePassed && !order.deadline().isBefore(clock.instant())) {
            return Uni.createFrom().voidItem(); // it went on between the sweep's look and this lock
        }
        var step = CheckoutSaga.on(order.state(), event);
        if (step.incident()) {
            report(tx, order.id(), event, "it was " + order.status());
        }
        return write(tx, order, step.next(), event, cause).chain(() -> switch (step.payment()) {
            case NONE -> Uni.createFrom().voidItem();
            case AUTHORISE -> payments.authorise(tx, order.id());
            case CAPTURE -> payments.captureRest(tx, order.id());
            case RELEASE -> payments.release(tx, order.id());
        });
    }

    private void report(Tx tx, UUID order, CheckoutEvent event, String why) {
        incidents.tell(
                tx,
                "order %s of %s met %s, which should never happen: %s"
                        .formatted(order, tx.tenant().value(), event.getClass().getSimpleName(), why));
    }

    private Uni<Void> write(Tx tx, Order order, @Nullable OrderState next, CheckoutEvent event, @Nullable UUID cause) {
        if (next == null) {
            return Uni.createFrom().voidItem();
        }
        var now = clock.instant();
        return orders.changed(tx, order, order.in(next, now, deadlines.of(next, event, now)), cause)
                .chain(() -> next.status().isOutcome()
                        ? carts.ended(tx, order.id(), next.status().isSuccess())
                        : Uni.createFrom().voidItem());
    }
}
