package io.souk.catalog.availability;

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
import java.util.Set;
import java.util.UUID;

/** The availability on the product card. */
@ApplicationScoped
public class AvailabilityViewKind implements ViewKind<AvailabilityState> {
    /** Of a version that is told once more: nothing that somebody would act on. */
    private static final Set<String> ALL = Set.of("variants");

    private final AvailabilityRepository availability;
    private final OwnJson json;
    private final EventsConfig events;

    AvailabilityViewKind(AvailabilityRepository availability, OwnJson json, EventsConfig events) {
        this.availability = availability;
        this.json = json;
        this.events = events;
    }

    @Override
    public String name() {
        return "availability";
    }

    @Override
    public AggregateType source() {
        return CatalogAggregates.AVAILABILITY;
    }

    @Override
    public Set<AggregateType> foreign() {
        return Set.of(ApplyStock.STOCK);
    }

    @Override
    public boolean isCertain(AvailabilityState state) {
        return state.doubted() == null;
    }

    @Override
    public Class<AvailabilityState> stateType() {
        return AvailabilityState.class;
    }

    @Override
    public Duration ttl() {
        return Duration.ofMinutes(10);
    }

    @Override
    public byte[] render(AvailabilityState state) {
        return json.bytes(AvailabilityView.of(state));
    }

    @Override
    public Uni<Void> lock(Tx tx, Collection<UUID> ids) {
        return availability.lockRows(tx, ids).replaceWithVoid();
    }

    @Override
    public Object event(AvailabilityState state) {
        return state;
    }

    @Override
    public Uni<Map<UUID, StateAt<AvailabilityState>>> load(Tx tx, Collection<UUID> ids) {
        return availability.list(tx, ids).map(found -> {
            var states = new HashMap<UUID, StateAt<AvailabilityState>>();
            found.forEach((id, stored) -> states.put(
                    id,
                    new StateAt<>(
                            new Order(events.epoch(), stored.availability().version()),
                            stored.deleted() ? null : AvailabilityState.of(stored.availability(), ALL))));
            return states;
        });
    }
}
