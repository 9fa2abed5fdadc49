package io.souk.orders.payment;

import io.smallrye.mutiny.Uni;
import io.souk.kit.tenant.Transactions;
import io.souk.kit.tenant.Tx;
import io.souk.kit.token.Caller;
import io.souk.orders.order.FindOrders;
import jakarta.enterprise.context.ApplicationScoped;

import java.util.List;
import java.util.UUID;

import static io.souk.kit.problem.KitProblem.NOT_FOUND;

/** Reads payments. Whoever may see an order may see its payment. */
@ApplicationScoped
public class FindPayments {
    private static final int MOVEMENTS = 100;

    private final Transactions transactions;
    private final FindOrders findOrders;
    private final PaymentRepository payments;
    private final MovementRepository movements;
    private final HistoryRepository history;

    FindPayments(
            Transactions transactions,
            FindOrders findOrders,
            PaymentRepository payments,
            MovementRepository movements,
            HistoryRepository history) {
        this.transactions = transactions;
        this.findOrders = findOrders;
        this.payments = payments;
        this.movements = movements;
        this.history = history;
    }

    /** The payment's history, oldest first. Asks nobody's leave: the caller has seen the order. */
    public Uni<List<ProviderCall>> history(Tx tx, UUID order) {
        return history.list(tx, order);
    }

    /**
     * Whether money was taken for the order, or is being taken. While the caller holds the order's lock, nobody begins to. Asks
     * nobody's leave.
     */
    public Uni<Boolean> isTaken(Tx tx, UUID order) {
        return payments.find(tx, order)
                .map(found -> found.filter(payment -> payment.funds().isTaken()).isPresent());
    }

    /** 404 when the order has no payment for that caller. */
    Uni<PaymentView> find(Caller caller, UUID order) {
        return findOrders.find(caller, order).chain(found -> {
            if (found == null) {
                throw noSuch(order);
            }
            return transactions.inTenant(caller.tenant(), tx -> read(tx, order));
        });
    }

    private Uni<PaymentView> read(Tx tx, UUID order) {
        return payments.find(tx, order)
                .map(found -> found.orElseThrow(() -> noSuch(order)))
                .chain(payment ->
                        movements.list(tx, payment.funds().payment(), MOVEMENTS).map(payment::with))
                .chain(payment -> history(tx, order).map(calls -> PaymentView.of(payment, calls)));
    }

    private static RuntimeException noSuch(UUID order) {
        return NOT_FOUND.because("There is no payment of an order " + order);
    }
}
