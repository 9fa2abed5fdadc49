package io.souk.search.document;

import io.smallrye.mutiny.Uni;
import io.souk.kit.consumer.EventConsumer;
import io.souk.kit.event.AggregateType;
import io.souk.kit.event.ChangeEvent;
import io.souk.kit.tenant.TenantId;
import jakarta.enterprise.context.ApplicationScoped;

import java.util.List;

/** Keeps the availability part of documents. */
@ApplicationScoped
class AvailabilityEventsConsumer implements EventConsumer<AvailabilityState> {
    static final AggregateType SOURCE = new AggregateType("catalog", "availability");

    private final ChangeDocuments changeDocuments;

    AvailabilityEventsConsumer(ChangeDocuments changeDocuments) {
        this.changeDocuments = changeDocuments;
    }

    @Override
    public String name() {
        return "availabilities";
    }

    @Override
    public AggregateType source() {
        return SOURCE;
    }

    @Override
    public Class<AvailabilityState> stateType() {
        return AvailabilityState.class;
    }

    @Override
    public Uni<Void> apply(TenantId tenant, List<ChangeEvent<AvailabilityState>> events) {
        return changeDocuments.availabilities(tenant, events);
    }
}
