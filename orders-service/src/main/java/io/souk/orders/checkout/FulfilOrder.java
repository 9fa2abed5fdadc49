package io.souk.orders.checkout;

import io.smallrye.mutiny.Uni;
import io.souk.kit.http.Preconditions;
import io.souk.kit.idempotency.Answer;
import io.souk.kit.idempotency.Idempotency;
import io.souk.kit.tenant.Tx;
import io.souk.kit.token.Caller;
import io.souk.orders.customer.Nobody;
import io.souk.orders.order.Fulfilment;
import io.souk.orders.order.Order;
import io.souk.orders.order.OrderView;
import io.souk.orders.order.RecordOrder;
import jakarta.enterprise.context.ApplicationScoped;
import org.jspecify.annotations.Nullable;

import java.util.UUID;

import static io.souk.kit.problem.KitProblem.INVALID;
import static io.souk.kit.problem.KitProblem.NOT_FOUND;
import static io.souk.orders.OrdersProblem.NOT_FULFILLABLE;
import static java.util.Objects.requireNonNull;

/** Says that the goods of a whole order are on their way. */
@ApplicationScoped
class FulfilOrder {
    private static final int OK = 200;

    private final Idempotency idempotency;
    private final RecordOrder orders;
    private final AdvanceCheckout advance;

    FulfilOrder(Idempotency idempotency, RecordOrder orders, AdvanceCheckout advance) {
        this.idempotency = idempotency;
        this.orders = orders;
        this.advance = advance;
    }

    /**
     * 200 with the fulfilled order. What is authorised of its payment and was not asked for is captured after the answer, and
     * its goods leave the stock; neither waits for the other, and neither undoes it. {@code NOT_FULFILLABLE} unless it is
     * confirmed; 404 when the tenant has none such.
     */
    Uni<Answer> fulfil(Caller caller, UUID id, @Nullable String key, FulfilmentRequest request) {
        var fulfilment = request.fulfilment();
        return idempotency.once(
                caller.tenant(),
                "fulfil-order:" + id,
                key,
                request,
                tx -> orders.lock(tx, id)
                        .invoke(order -> requireConfirmed(order, id))
                        .invoke(order -> requireSomebody(requireNonNull(order), fulfilment))
                        .chain(() -> advance.on(tx, id, new CheckoutEvent.GoodsSent(fulfilment), null))
                        .chain(() -> answer(tx, id)));
    }

    private static void requireConfirmed(@Nullable Order order, UUID id) {
        if (order == null) {
            throw NOT_FOUND.because("There is no order " + id);
        }
        switch (order.status()) {
            case CONFIRMED -> {}
            case PLACED, RESERVED, AUTHORISED, FULFILLED, DELIVERED, REJECTED, DECLINED, EXPIRED, CANCELLED ->
                throw NOT_FULFILLABLE.because("The order is " + order.status()).with("orderStatus", order.status());
        }
    }

    /** A number would lead to the person who was forgotten. */
    static void requireSomebody(Order order, Fulfilment fulfilment) {
        if (fulfilment.trackingNumber() != null && Nobody.is(order.customer())) {
            throw INVALID.because("The order's customer was erased")
                    .at("/trackingNumber", "is not kept of somebody who was erased");
        }
    }

    private Uni<Answer> answer(Tx tx, UUID id) {
        return orders.lock(tx, id).map(found -> {
            var order = requireNonNull(found);
            // Kept for a day, and told to services: without the address and the parcel's number.
            return Answer.of(OK, OrderView.of(order.impersonal())).with("ETag", Preconditions.etag(order.version()));
        });
    }
}
