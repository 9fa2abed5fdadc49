package io.souk.search.document;

import io.smallrye.mutiny.Uni;
import io.souk.kit.consumer.EventConsumer;
import io.souk.kit.event.AggregateType;
import io.souk.kit.event.ChangeEvent;
import io.souk.kit.tenant.TenantId;
import jakarta.enterprise.context.ApplicationScoped;

import java.util.List;

/** Keeps the price part of documents. */
@ApplicationScoped
class PriceEventsConsumer implements EventConsumer<PriceState> {
    static final AggregateType SOURCE = new AggregateType("catalog", "price");

    private final ChangeDocuments changeDocuments;

    PriceEventsConsumer(ChangeDocuments changeDocuments) {
        this.changeDocuments = changeDocuments;
    }

    @Override
    public String name() {
        return "prices";
    }

    @Override
    public AggregateType source() {
        return SOURCE;
    }

    @Override
    public Class<PriceState> stateType() {
        return PriceState.class;
    }

    @Override
    public Uni<Void> apply(TenantId tenant, List<ChangeEvent<PriceState>> events) {
        return changeDocuments.prices(tenant, events);
    }
}
