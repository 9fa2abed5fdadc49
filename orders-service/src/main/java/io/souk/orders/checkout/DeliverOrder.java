package io.souk.orders.checkout;

import io.smallrye.mutiny.Uni;
import io.souk.kit.tenant.Transactions;
import io.souk.kit.tenant.Tx;
import io.souk.kit.token.Caller;
import io.souk.orders.order.FindOrders;
import io.souk.orders.order.Order;
import io.souk.orders.order.RecordOrder;
import jakarta.enterprise.context.ApplicationScoped;
import org.jspecify.annotations.Nullable;

import java.util.UUID;

import static io.souk.kit.problem.KitProblem.NOT_FOUND;
import static io.souk.orders.OrdersProblem.NOT_DELIVERABLE;

/** Says that the goods of an order have arrived. */
@ApplicationScoped
class DeliverOrder {
    private final Transactions transactions;
    private final RecordOrder orders;
    private final AdvanceCheckout advance;
    private final FindOrders findOrders;

    DeliverOrder(Transactions transactions, RecordOrder orders, AdvanceCheckout advance, FindOrders findOrders) {
        this.transactions = transactions;
        this.orders = orders;
        this.advance = advance;
        this.findOrders = findOrders;
    }

    /**
     * The delivered order; the same again for one that was delivered before. {@code NOT_DELIVERABLE} unless its goods are on
     * their way; 404 when the tenant has none such.
     */
    Uni<FindOrders.Found> deliver(Caller caller, UUID id) {
        return transactions
                .inTenant(caller.tenant(), tx -> orders.lock(tx, id).chain(order -> arrive(tx, order, id)))
                .chain(() -> findOrders.find(caller, id))
                .onItem()
                .ifNull()
                .failWith(() -> noSuch(id));
    }

    private Uni<Void> arrive(Tx tx, @Nullable Order order, UUID id) {
        if (order == null) {
            throw noSuch(id);
        }
        return switch (order.status()) {
            case FULFILLED -> advance.on(tx, id, new CheckoutEvent.GoodsArrived(), null);
            case DELIVERED -> Uni.createFrom().voidItem();
            case PLACED, RESERVED, AUTHORISED, CONFIRMED, REJECTED, DECLINED, EXPIRED, CANCELLED ->
                throw NOT_DELIVERABLE.because("The order is " + order.status()).with("orderStatus", order.status());
        };
    }

    private static RuntimeException noSuch(UUID id) {
        return NOT_FOUND.because("There is no order " + id);
    }
}
