package io.souk.catalog.price;

import io.smallrye.mutiny.Uni;
import io.souk.catalog.CatalogAggregates;
import io.souk.kit.event.AggregateType;
import io.souk.kit.event.EventsConfig;
import io.souk.kit.event.Order;
import io.souk.kit.json.OwnJson;
import io.souk.kit.tenant.Tx;
import io.souk.kit.view.StateAt;
import io.souk.kit.view.ViewKind;
import jakarta.enterprise.context.ApplicationScoped;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/** The prices on the product card. */
@ApplicationScoped
public class PriceViewKind implements ViewKind<PriceState> {
    private final PriceRepository prices;
    private final OwnJson json;
    private final EventsConfig events;

    PriceViewKind(PriceRepository prices, OwnJson json, EventsConfig events) {
        this.prices = prices;
        this.json = json;
        this.events = events;
    }

    @Override
    public String name() {
        return "price";
    }

    @Override
    public AggregateType source() {
        return CatalogAggregates.PRICE;
    }

    @Override
    public Class<PriceState> stateType() {
        return PriceState.class;
    }

    @Override
    public Duration ttl() {
        return Duration.ofMinutes(30);
    }

    @Override
    public byte[] render(PriceState state) {
        return json.bytes(PriceListView.of(state));
    }

    @Override
    public Uni<Void> lock(Tx tx, Collection<UUID> ids) {
        return prices.lock(tx, ids).replaceWithVoid();
    }

    @Override
    public Object event(PriceState state) {
        return state;
    }

    @Override
    public Uni<Map<UUID, StateAt<PriceState>>> load(Tx tx, Collection<UUID> ids) {
        return prices.list(tx, ids).map(found -> {
            var states = new HashMap<UUID, StateAt<PriceState>>();
            found.forEach((id, stored) -> states.put(
                    id,
                    new StateAt<>(
                            new Order(events.epoch(), stored.list().version()),
                            stored.deleted() ? null : PriceState.of(stored.list()))));
            return states;
        });
    }
}
