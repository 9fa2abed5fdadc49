package io.souk.orders.timeline;

import io.smallrye.mutiny.Uni;
import io.souk.kit.tenant.Transactions;
import io.souk.kit.token.Caller;
import io.souk.orders.order.FindOrders;
import io.souk.orders.payment.FindPayments;
import jakarta.enterprise.context.ApplicationScoped;

import java.util.UUID;

import static io.souk.kit.problem.KitProblem.NOT_FOUND;

/** Puts together what was written down about an order. */
@ApplicationScoped
class ReadTimeline {
    private final Transactions transactions;
    private final FindOrders findOrders;
    private final FindPayments findPayments;

    ReadTimeline(Transactions transactions, FindOrders findOrders, FindPayments findPayments) {
        this.transactions = transactions;
        this.findOrders = findOrders;
        this.findPayments = findPayments;
    }

    /** 404 for an order that the caller may not see. */
    Uni<TimelineView> of(Caller caller, UUID order) {
        return findOrders.find(caller, order).chain(found -> {
            if (found == null) {
                throw NOT_FOUND.because("There is no order " + order);
            }
            return transactions
                    .inTenant(caller.tenant(), tx -> findPayments.history(tx, order))
                    .map(calls -> TimelineView.of(order, found.steps(), calls));
        });
    }
}
