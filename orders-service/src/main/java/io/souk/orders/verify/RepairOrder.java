package io.souk.orders.verify;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.souk.kit.tenant.TenantId;
import io.souk.kit.tenant.TransactionFailure.NoConnection;
import io.souk.kit.tenant.Transactions;
import io.souk.kit.tenant.Tx;
import io.souk.orders.cart.LockCart;
import io.souk.orders.order.RecordOrder;
import io.souk.orders.payment.RequestPayment;
import jakarta.enterprise.context.ApplicationScoped;
import org.jboss.logging.Logger;

import java.util.List;

/** Mends an order with findings, in a transaction of its own. */
@ApplicationScoped
class RepairOrder {
    private static final Logger LOG = Logger.getLogger(RepairOrder.class);

    private final Transactions transactions;
    private final VerifyOrdersRepository audit;
    private final RecordOrder orders;
    private final RequestPayment payments;
    private final LockCart carts;

    RepairOrder(
            Transactions transactions,
            VerifyOrdersRepository audit,
            RecordOrder orders,
            RequestPayment payments,
            LockCart carts) {
        this.transactions = transactions;
        this.audit = audit;
        this.orders = orders;
        this.payments = payments;
        this.carts = carts;
    }

    /**
     * What is wrong with it under its lock, and which of that is repaired: it may have gone on since it was seen. A failure is a
     * finding too, so that one order does not take the report of the others with it; only a database that cannot be reached does.
     */
    Uni<List<OrderFinding>> repair(TenantId tenant, SeenOrder seen) {
        return transactions
                .inTenant(
                        tenant,
                        tx -> orders.lock(tx, seen.id())
                                .chain(() -> audit.find(tx, seen.id()))
                                .chain(found -> found.map(order -> repairAll(tx, order))
                                        .orElseGet(() -> Uni.createFrom().item(List.of()))))
                .onFailure(failure -> !(failure instanceof NoConnection))
                .recoverWithItem(failure -> {
                    LOG.errorf(failure, "order %s of %s cannot be repaired", seen.id(), tenant.value());
                    return seen.findingsThatStay();
                });
    }

    private Uni<List<OrderFinding>> repairAll(Tx tx, SeenOrder order) {
        return Multi.createFrom()
                .iterable(order.findings())
                .onItem()
                .transformToUniAndConcatenate(finding -> repair(tx, order, finding))
                .collect()
                .asList();
    }

    private Uni<OrderFinding> repair(Tx tx, SeenOrder order, OrderFinding finding) {
        return switch (finding.kind()) {
            case MONEY_KEPT, NOT_REFUNDED -> payments.release(tx, order.id()).replaceWith(finding.repairedNow());
            case NOT_CAPTURED -> payments.captureRest(tx, order.id()).replaceWith(finding.repairedNow());
            case CART_LOCKED ->
                carts.ended(tx, order.id(), order.status().isSuccess()).replaceWith(finding.repairedNow());
            case NO_PAYMENT, UNPAID, LATE, WRONG_TOTAL, TIMELINE_GAP, NOT_REPAIRED ->
                Uni.createFrom().item(finding);
        };
    }
}
