package io.souk.orders.checkout;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.souk.kit.sweep.LeftBehind;
import io.souk.kit.sweep.Sweep;
import io.souk.kit.tenant.Failures;
import io.souk.kit.tenant.Transactions;
import io.souk.orders.order.FindOrders;
import io.souk.orders.order.OverdueOrder;
import jakarta.enterprise.context.ApplicationScoped;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

/** Ends orders whose step got no answer in time, each in a transaction of its own. */
@ApplicationScoped
class EndOverdueOrders implements Sweep {
    private final FindOrders findOrders;
    private final Transactions transactions;
    private final AdvanceCheckout advance;
    private final LeftBehind left = new LeftBehind(Logger.getLogger(EndOverdueOrders.class));
    private volatile @Nullable OverdueOrder last;

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

    /**
     * Goes on behind the orders of the last turn, and begins again once it has seen all: however many cannot be ended, each of
     * the others has its turn.
     */
    @Override
    public Uni<Boolean> sweep() {
        return findOrders.overdue(last).chain(overdue -> {
            boolean full = overdue.size() == FindOrders.OVERDUE_ROWS;
            last = full ? overdue.getLast() : null;
            return endAll(overdue).map(ended -> full && ended);
        });
    }

    /** Whether any of them was ended. */
    private Uni<Boolean> endAll(List<OverdueOrder> overdue) {
        return Multi.createFrom()
                .iterable(overdue)
                .onItem()
                .transformToUniAndConcatenate(this::end)
                .collect()
                .with(Collectors.reducing(false, Boolean::logicalOr));
    }

    /** One that cannot be ended does not keep the others waiting; what may pass ends the sweep, which comes again. */
    private Uni<Boolean> end(OverdueOrder order) {
        return transactions
                .inTenant(order.tenant(), tx -> advance.on(tx, order.id(), new CheckoutEvent.DeadlinePassed(), null))
                .replaceWith(true)
                .onFailure(failure -> !Failures.isTransient(failure))
                .recoverWithItem(failure -> {
                    left.tell(
                            "order %s of %s"
                                    .formatted(order.id(), order.tenant().value()),
                            failure);
                    return false;
                });
    }
}
