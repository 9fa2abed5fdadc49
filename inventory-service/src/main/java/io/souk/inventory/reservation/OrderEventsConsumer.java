package io.souk.inventory.reservation;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.souk.inventory.Topics;
import io.souk.kit.consumer.EventConsumer;
import io.souk.kit.event.AggregateType;
import io.souk.kit.event.ChangeEvent;
import io.souk.kit.tenant.TenantId;
import jakarta.enterprise.context.ApplicationScoped;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Lets reservations follow their orders: each order's events one after the other, orders side by side, so that those which
 * want stock can share a transaction. An order that cannot be served does not keep the others waiting.
 */
@ApplicationScoped
class OrderEventsConsumer implements EventConsumer<OrderState> {
    static final String NAME = "reservations";

    /** Orders at once. As many as share a transaction; they hold no connection while they wait, the others take turns on the pool. */
    private static final int AT_ONCE = 128;

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
        var byOrder = events.stream()
                .collect(Collectors.groupingBy(
                        event -> event.envelope().aggregateId(), LinkedHashMap::new, Collectors.toList()));
        return Multi.createFrom()
                .iterable(byOrder.values())
                .onItem()
                .transformToUni(ofOrder -> followAll(tenant, ofOrder))
                .merge(AT_ONCE)
                .collect()
                .last()
                .replaceWithVoid();
    }

    private Uni<Void> followAll(TenantId tenant, List<ChangeEvent<OrderState>> ofOrder) {
        return Multi.createFrom()
                .iterable(ofOrder)
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
            // An order ends before it is deleted, and its end has released what it held. What an order holds that a
            // restore
            // has lost is for operators to free: the goods may be on their way.
            case ChangeEvent.Deleted<OrderState> _ -> Uni.createFrom().voidItem();
        };
    }
}
