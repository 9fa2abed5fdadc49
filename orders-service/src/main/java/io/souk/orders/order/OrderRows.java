package io.souk.orders.order;

import io.smallrye.mutiny.Uni;
import io.souk.kit.event.AggregateType;
import io.souk.kit.event.Change;
import io.souk.kit.retelling.RetoldRows;
import io.souk.kit.tenant.Tx;
import jakarta.enterprise.context.ApplicationScoped;

import java.util.Collection;
import java.util.List;
import java.util.UUID;

/** Orders, told once more. */
@ApplicationScoped
class OrderRows implements RetoldRows {
    private final OrderRepository orders;

    OrderRows(OrderRepository orders) {
        this.orders = orders;
    }

    @Override
    public AggregateType aggregate() {
        return OrderEvent.ORDER;
    }

    @Override
    public String table() {
        return "orders";
    }

    @Override
    public Uni<List<Change>> lockAndTell(Tx tx, Collection<UUID> ids) {
        return orders.lockAll(tx, ids)
                .map(found -> found.stream().map(OrderEvent::again).toList());
    }
}
