package io.souk.inventory.variant;

import io.smallrye.mutiny.Uni;
import io.souk.inventory.Topics;
import io.souk.kit.consumer.EventConsumer;
import io.souk.kit.event.AggregateType;
import io.souk.kit.event.ChangeEvent;
import io.souk.kit.tenant.TenantId;
import jakarta.enterprise.context.ApplicationScoped;

import java.util.List;

/** Keeps the known variants. Repeats and late arrivals are dropped by order, so any part of the topic may be replayed. */
@ApplicationScoped
class ProductEventsConsumer implements EventConsumer<ProductState> {
    private final KeepVariants keepVariants;

    ProductEventsConsumer(KeepVariants keepVariants) {
        this.keepVariants = keepVariants;
    }

    @Override
    public String name() {
        return "variants";
    }

    @Override
    public AggregateType source() {
        return Topics.PRODUCT;
    }

    @Override
    public Class<ProductState> stateType() {
        return ProductState.class;
    }

    @Override
    public Uni<Void> apply(TenantId tenant, List<ChangeEvent<ProductState>> events) {
        return keepVariants.apply(tenant, events.stream().map(KnownProduct::of).toList());
    }
}
