package io.souk.inventory;

import io.souk.kit.event.AggregateType;
import io.souk.kit.outbox.ProducedAggregates;
import jakarta.enterprise.context.ApplicationScoped;

import java.util.Set;

/** What this service publishes, and whom it listens to. */
@ApplicationScoped
public class Topics implements ProducedAggregates {
    public static final AggregateType LOCATION = new AggregateType("inventory", "location");
    public static final AggregateType STOCK = new AggregateType("inventory", "stock");
    public static final AggregateType PACK = new AggregateType("inventory", "pack");
    public static final AggregateType UNIT = new AggregateType("inventory", "unit");
    public static final AggregateType RESERVATION = new AggregateType("inventory", "reservation");

    public static final AggregateType PRODUCT = new AggregateType("catalog", "product");
    public static final AggregateType ORDER = new AggregateType("orders", "order");

    @Override
    public Set<AggregateType> types() {
        return Set.of(LOCATION, PACK, STOCK, UNIT, RESERVATION);
    }
}
