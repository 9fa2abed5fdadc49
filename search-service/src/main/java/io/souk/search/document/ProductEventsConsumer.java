package io.souk.search.document;

import io.smallrye.mutiny.Uni;
import io.souk.kit.consumer.EventConsumer;
import io.souk.kit.event.AggregateType;
import io.souk.kit.event.ChangeEvent;
import io.souk.kit.tenant.TenantId;
import jakarta.enterprise.context.ApplicationScoped;

import java.util.List;

/** Keeps the product part of documents. */
@ApplicationScoped
class ProductEventsConsumer implements EventConsumer<ProductState> {
    static final AggregateType SOURCE = new AggregateType("catalog", "product");

    private final ChangeDocuments changeDocuments;

    ProductEventsConsumer(ChangeDocuments changeDocuments) {
        this.changeDocuments = changeDocuments;
    }

    @Override
    public String name() {
        return "products";
    }

    @Override
    public AggregateType source() {
        return SOURCE;
    }

    @Override
    public Class<ProductState> stateType() {
        return ProductState.class;
    }

    @Override
    public Uni<Void> apply(TenantId tenant, List<ChangeEvent<ProductState>> events) {
        return changeDocuments.products(tenant, events);
    }
}
