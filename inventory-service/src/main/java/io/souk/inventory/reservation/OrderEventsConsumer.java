package io.souk.inventory.reservation;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.souk.inventory.Topics;
import io.souk.kit.consumer.EventConsumer;
import io.souk.kit.event.AggregateType;
import io.souk.kit.event.ChangeEvent;
import io.souk.kit.tenant.TenantId;
import jakarta.enterprise.context.ApplicationScoped;

import java.util.List;

/**
 * Lets reservations follow their orders. One transaction for each event: an order that cannot be served must not keep the
 * next one waiting, and stock rows stay locked for one order only.
 */
@ApplicationScoped
class OrderEventsConsumer implements EventConsumer<OrderState> {
    static final String NAME = "reservations";

    private final FollowOrder followOrder;

    OrderEventsConsumer(FollowOrder followOrder) {
        this.followOrder = followOrder;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public AggregateType source() {
        return Topics.ORDER;
    }

    @Override
    public Class<OrderState> stateType() {
        return OrderState.class;
    }

    @Override
    public Uni<Void> apply(TenantId tenant, List<ChangeEvent<OrderState>> events) {
        return Multi.createFrom()
                .iterable(events)
                .onItem()
                .transformToUniAndConcatenate(event -> follow(tenant, event))
                .collect()
                .last()
                .replaceWithVoid();
    }

    private Uni<Void> follow(TenantId tenant, ChangeEvent<OrderState> event) {
        return switch (event) {
            case ChangeEvent.Changed<OrderState>(var envelope, var state) ->
                followOrder.follow(tenant, envelope.eventId(), envelope.aggregateId(), state);
            // An order ends before it is deleted, and its end has released what it held.
            case ChangeEvent.Deleted<OrderState> _ -> Uni.createFrom().voidItem();
        };
    }
}
