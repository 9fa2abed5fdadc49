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
 * want stock can share a transaction. An order that cannot be served does not keep the others waiting. Of what is read
 * together, orders that have ended come first: nobody is refused because of units that are free already as far as customers
 * were told.
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
        var ended = byOrder.values().stream().filter(OrderEventsConsumer::frees).toList();
        var others =
                byOrder.values().stream().filter(ofOrder -> !frees(ofOrder)).toList();
        return followEach(tenant, ended).chain(() -> followEach(tenant, others));
    }

    /** Whatever it takes on its way, it gives back. */
    private static boolean frees(List<ChangeEvent<OrderState>> ofOrder) {
        return ofOrder.getLast() instanceof ChangeEvent.Changed<OrderState>(var _, var state)
                && state.wish() == OrderWish.RELEASE;
    }

    private Uni<Void> followEach(TenantId tenant, List<List<ChangeEvent<OrderState>>> orders) {
        return Multi.createFrom()
                .iterable(orders)
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
