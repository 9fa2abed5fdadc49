package io.souk.orders.checkout;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.souk.kit.sweep.Sweep;
import io.souk.kit.tenant.Transactions;
import io.souk.orders.order.FindOrders;
import io.souk.orders.order.OrderRef;
import jakarta.enterprise.context.ApplicationScoped;

import java.time.Duration;

/** Ends orders whose step got no answer in time, each in a transaction of its own. */
@ApplicationScoped
class EndOverdueOrders implements Sweep {
    private final FindOrders findOrders;
    private final Transactions transactions;
    private final AdvanceCheckout advance;

    EndOverdueOrders(FindOrders findOrders, Transactions transactions, AdvanceCheckout advance) {
        this.findOrders = findOrders;
        this.transactions = transactions;
        this.advance = advance;
    }

    @Override
    public String name() {
        return "overdue-orders";
    }

    @Override
    public Duration pause() {
        return Duration.ofSeconds(1);
    }

    @Override
    public Uni<Boolean> sweep() {
        return findOrders
                .overdue()
                .chain(overdue -> Multi.createFrom()
                        .iterable(overdue)
                        .onItem()
                        .transformToUniAndConcatenate(this::end)
                        .collect()
                        .last()
                        .replaceWith(overdue.size() == FindOrders.OVERDUE_ROWS));
    }

    private Uni<Void> end(OrderRef order) {
        return transactions.inTenant(
                order.tenant(), tx -> advance.on(tx, order.id(), new CheckoutEvent.DeadlinePassed(), null));
    }
}
