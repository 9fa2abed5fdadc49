package io.souk.catalog.availability;

import io.smallrye.mutiny.Uni;
import io.souk.kit.consumer.EventConsumer;
import io.souk.kit.consumer.PoisonEvent;
import io.souk.kit.event.AggregateType;
import io.souk.kit.event.ChangeEvent;
import io.souk.kit.event.EventKey;
import io.souk.kit.event.Order;
import io.souk.kit.tenant.TenantId;
import io.souk.kit.tenant.Transactions;
import io.souk.kit.tenant.Tx;
import jakarta.enterprise.context.ApplicationScoped;
import org.jspecify.annotations.Nullable;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Keeps the inventory's stock levels. Repeats and late arrivals are dropped by order, so the topic may be replayed. */
@ApplicationScoped
class ApplyStock implements EventConsumer<StockState> {
    static final AggregateType STOCK = new AggregateType("inventory", "stock");

    private final Transactions transactions;
    private final AvailabilityRepository availability;
    private final RecountAvailability recount;

    ApplyStock(Transactions transactions, AvailabilityRepository availability, RecountAvailability recount) {
        this.transactions = transactions;
        this.availability = availability;
        this.recount = recount;
    }

    @Override
    public String name() {
        return "availability";
    }

    @Override
    public AggregateType source() {
        return STOCK;
    }

    @Override
    public Class<StockState> stateType() {
        return StockState.class;
    }

    @Override
    public Uni<Void> apply(TenantId tenant, List<ChangeEvent<StockState>> events) {
        var newest = newest(events);
        return transactions.inTenant(tenant, tx -> apply(tx, List.copyOf(newest.values())));
    }

    /** One level per id: a statement cannot write a row twice, and only the newest counts. */
    private static Map<UUID, StockLevel> newest(List<ChangeEvent<StockState>> events) {
        var newest = new HashMap<UUID, StockLevel>();
        for (var event : events) {
            newest.merge(
                    event.envelope().aggregateId(),
                    level(event),
                    (one, other) -> one.order().compareTo(other.order()) >= 0 ? one : other);
        }
        return newest;
    }

    private static StockLevel level(ChangeEvent<StockState> event) {
        var envelope = event.envelope();
        return switch (event) {
            case ChangeEvent.Changed<StockState> changed -> {
                var state = changed.state();
                if (state.variantId() == null || state.onHand() == null || state.available() == null) {
                    throw new PoisonEvent("a stock level without variantId, onHand or available");
                }
                yield new StockLevel(
                        envelope.aggregateId(), envelope.order(), state.variantId(), state.onHand(), state.available());
            }
            case ChangeEvent.Deleted<StockState> _ ->
                new StockLevel(envelope.aggregateId(), envelope.order(), null, 0, 0);
        };
    }

    /** Whoever reads the product's availability from now on is told that it may be out of date. */
    @Override
    public Uni<Void> doubt(EventKey key, @Nullable Order order) {
        return transactions.inTenant(
                key.tenant(),
                tx -> availability.doubt(tx, key.aggregateId(), order).chain(products -> recount.of(tx, products)));
    }

    private Uni<Void> apply(Tx tx, List<StockLevel> levels) {
        return availability.apply(tx, levels).chain(products -> recount.of(tx, products));
    }
}
