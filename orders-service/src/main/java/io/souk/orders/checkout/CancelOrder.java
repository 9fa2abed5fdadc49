package io.souk.orders.checkout;

import io.smallrye.mutiny.Uni;
import io.souk.kit.tenant.Transactions;
import io.souk.kit.tenant.Tx;
import io.souk.kit.token.Caller;
import io.souk.kit.token.Roles;
import io.souk.orders.order.FindOrders;
import io.souk.orders.order.Order;
import io.souk.orders.order.RecordOrder;
import io.souk.orders.payment.FindPayments;
import jakarta.enterprise.context.ApplicationScoped;
import org.jspecify.annotations.Nullable;

import java.util.UUID;

import static io.souk.kit.problem.KitProblem.NOT_FOUND;
import static io.souk.orders.OrdersProblem.ORDER_ENDED;
import static io.souk.orders.OrdersProblem.ORDER_FULFILLED;
import static io.souk.orders.OrdersProblem.PAYMENT_CAPTURED;

/** Ends an order that is not wanted any longer. */
@ApplicationScoped
class CancelOrder {
    private final Transactions transactions;
    private final RecordOrder orders;
    private final AdvanceCheckout advance;
    private final FindOrders findOrders;
    private final FindPayments findPayments;

    CancelOrder(
            Transactions transactions,
            RecordOrder orders,
            AdvanceCheckout advance,
            FindOrders findOrders,
            FindPayments findPayments) {
        this.transactions = transactions;
        this.orders = orders;
        this.advance = advance;
        this.findOrders = findOrders;
        this.findPayments = findPayments;
    }

    /**
     * The cancelled order; the same again for one that was cancelled before. Its stock and its money go back after the
     * answer, whatever the provider is about to say. 404 for what the caller may not see, {@code ORDER_ENDED} for an
     * order that ended otherwise, {@code ORDER_FULFILLED} for one whose goods have left. {@code PAYMENT_CAPTURED} for a customer once money was taken: only who may refund decides
     * whether all of it goes back.
     */
    Uni<FindOrders.Found> cancel(Caller caller, UUID id) {
        return transactions
                .inTenant(caller.tenant(), tx -> orders.lock(tx, id).chain(order -> end(tx, caller, id, order)))
                .chain(() -> findOrders.find(caller, id))
                .onItem()
                .ifNull()
                .failWith(() -> noSuch(id));
    }

    private Uni<Void> end(Tx tx, Caller caller, UUID id, @Nullable Order order) {
        if (order == null || !FindOrders.maySee(caller, order)) {
            throw noSuch(id);
        }
        return switch (order.status()) {
            case PLACED, RESERVED, AUTHORISED -> ask(tx, caller, order);
            case CONFIRMED ->
                mayRefund(caller)
                        ? ask(tx, caller, order)
                        : refuseWhenTaken(tx, id).chain(() -> ask(tx, caller, order));
            case FULFILLED, DELIVERED ->
                throw ORDER_FULFILLED
                        .because("The order is %s: its goods have left, so money goes back by a refund"
                                .formatted(order.status()))
                        .with("orderStatus", order.status());
            case CANCELLED -> Uni.createFrom().voidItem();
            case REJECTED, DECLINED, EXPIRED ->
                throw ORDER_ENDED.because("The order is " + order.status()).with("orderStatus", order.status());
        };
    }

    private Uni<Void> ask(Tx tx, Caller caller, Order order) {
        var reason = order.customer().equals(caller.subject()) ? "by its customer" : "by the shop";
        return advance.on(tx, order.id(), new CheckoutEvent.CancelAsked(reason), null);
    }

    private static boolean mayRefund(Caller caller) {
        return caller.has(Roles.ADMIN) || caller.has(Roles.SERVICE);
    }

    private Uni<Void> refuseWhenTaken(Tx tx, UUID order) {
        return findPayments
                .isTaken(tx, order)
                .invoke(taken -> {
                    if (taken) {
                        throw PAYMENT_CAPTURED.because(
                                "Its payment is captured, so its goods may be on their way: ask the shop to cancel it");
                    }
                })
                .replaceWithVoid();
    }

    private static RuntimeException noSuch(UUID id) {
        return NOT_FOUND.because("There is no order " + id);
    }
}
