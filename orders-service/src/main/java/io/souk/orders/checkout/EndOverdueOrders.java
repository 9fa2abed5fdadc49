package io.souk.orders.checkout;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.souk.kit.sweep.LeftBehind;
import io.souk.kit.sweep.Sweep;
import io.souk.kit.tenant.Failures;
import io.souk.kit.tenant.Transactions;
import io.souk.orders.order.FindOrders;
import io.souk.orders.order.OrderRef;
import jakarta.enterprise.context.ApplicationScoped;
import org.jboss.logging.Logger;

import java.time.Duration;

/** Ends orders whose step got no answer in time, each in a transaction of its own. */
@ApplicationScoped
class EndOverdueOrders implements Sweep {
    private final FindOrders findOrders;
    private final Transactions transactions;
    private final AdvanceCheckout advance;
    private final LeftBehind left = new LeftBehind(Logger.getLogger(EndOverdueOrders.class));

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

    /** One that cannot be ended does not keep the others waiting; what may pass ends the sweep, which comes again. */
    private Uni<Void> end(OrderRef order) {
        return transactions
                .inTenant(order.tenant(), tx -> advance.on(tx, order.id(), new CheckoutEvent.DeadlinePassed(), null))
                .onFailure(failure -> !Failures.isTransient(failure))
                .recoverWithItem(failure -> {
                    left.tell(
                            "order %s of %s"
                                    .formatted(order.id(), order.tenant().value()),
                            failure);
                    return null;
                });
    }
}
