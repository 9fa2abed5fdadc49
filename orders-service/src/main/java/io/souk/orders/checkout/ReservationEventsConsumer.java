package io.souk.orders.checkout;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.souk.kit.consumer.EventConsumer;
import io.souk.kit.event.AggregateType;
import io.souk.kit.event.ChangeEvent;
import io.souk.kit.event.Envelope;
import io.souk.kit.tenant.TenantId;
import io.souk.kit.tenant.Transactions;
import jakarta.enterprise.context.ApplicationScoped;
import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.UUID;

/** Takes orders on when inventory has answered. */
@ApplicationScoped
class ReservationEventsConsumer implements EventConsumer<ReservationState> {
    private final Transactions transactions;
    private final SeenReservationRepository seen;
    private final AdvanceCheckout advance;

    ReservationEventsConsumer(Transactions transactions, SeenReservationRepository seen, AdvanceCheckout advance) {
        this.transactions = transactions;
        this.seen = seen;
        this.advance = advance;
    }

    @Override
    public String name() {
        return "checkout";
    }

    @Override
    public AggregateType source() {
        return new AggregateType("inventory", "reservation");
    }

    @Override
    public Class<ReservationState> stateType() {
        return ReservationState.class;
    }

    @Override
    public Uni<Void> apply(TenantId tenant, List<ChangeEvent<ReservationState>> events) {
        return Multi.createFrom()
                .iterable(events)
                .onItem()
                .transformToUniAndConcatenate(event -> switch (event) {
                    case ChangeEvent.Changed<ReservationState>(var envelope, var reservation) ->
                        newer(tenant, envelope, reservation);
                    case ChangeEvent.Deleted<ReservationState> _ ->
                        Uni.createFrom()
                                .voidItem(); // long after its order, or lost by a restore: the order ends by its own
                    // deadlines
                })
                .collect()
                .last()
                .replaceWithVoid();
    }

    /**
     * A reservation's event tells its whole state, so one that is not newer than what was followed already has nothing to
     * say: a repeat, or an old one that was read again from the log.
     */
    private Uni<Void> newer(TenantId tenant, Envelope envelope, ReservationState reservation) {
        @Nullable UUID order = reservation.orderId();
        if (order == null) {
            return Uni.createFrom().voidItem();
        }
        return transactions.inTenant(
                tenant,
                tx -> seen.isNewer(tx, envelope.aggregateId(), envelope.order())
                        .chain(newer -> newer
                                ? advance.on(tx, order, reservation.event(), envelope.eventId())
                                : Uni.createFrom().voidItem()));
    }
}
