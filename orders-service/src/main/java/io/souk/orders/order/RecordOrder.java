package io.souk.orders.order;

import io.smallrye.mutiny.Uni;
import io.souk.kit.outbox.Outbox;
import io.souk.kit.tenant.Tx;
import jakarta.enterprise.context.ApplicationScoped;
import org.jspecify.annotations.Nullable;

import java.util.UUID;

/** Writes an order's versions: row, timeline and event together, in the caller's transaction. */
@ApplicationScoped
public class RecordOrder {
    private final OrderRepository orders;
    private final Outbox outbox;

    RecordOrder(OrderRepository orders, Outbox outbox) {
        this.orders = orders;
        this.outbox = outbox;
    }

    public Uni<Order> placed(Tx tx, Order order) {
        return orders.insert(tx, order)
                .chain(() -> outbox.append(tx, OrderEvent.placed(order)))
                .replaceWith(order);
    }

    /** The order, locked until the transaction ends; empty when the tenant has none such. */
    public Uni<@Nullable Order> lock(Tx tx, UUID id) {
        return orders.lock(tx, id);
    }

    /**
     * Writes the next version of an order that this transaction has locked.
     *
     * @param before as it was locked
     * @param cause the event that it answers, if any
     */
    public Uni<Order> changed(Tx tx, Order before, Order order, @Nullable UUID cause) {
        var change = OrderEvent.changed(before, order);
        return orders.update(tx, order, order.state().note())
                .chain(() -> outbox.append(tx, cause == null ? change : change.causedBy(cause)))
                .replaceWith(order);
    }

    /**
     * Writes the next version of an order that this transaction has locked, and that stands where it stood: other services learn
     * of nothing but the version.
     *
     * @param note for its timeline: names no person, and nothing that leads to one
     */
    public Uni<Order> noted(Tx tx, Order order, String note) {
        return orders.update(tx, order, note)
                .chain(() -> outbox.append(tx, OrderEvent.again(order)))
                .replaceWith(order);
    }
}
