package io.souk.search.taxonomy;

import io.smallrye.mutiny.Uni;
import io.souk.kit.consumer.EventConsumer;
import io.souk.kit.event.AggregateType;
import io.souk.kit.event.ChangeEvent;
import io.souk.kit.tenant.TenantId;
import io.souk.kit.tenant.Transactions;
import jakarta.enterprise.context.ApplicationScoped;

import java.util.List;

/** Keeps the titles of product types. */
@ApplicationScoped
class ProductTypeEventsConsumer implements EventConsumer<ProductTypeState> {
    private final Transactions transactions;
    private final TaxonomyRepository taxonomy;

    ProductTypeEventsConsumer(Transactions transactions, TaxonomyRepository taxonomy) {
        this.transactions = transactions;
        this.taxonomy = taxonomy;
    }

    @Override
    public String name() {
        return "product-types";
    }

    @Override
    public AggregateType source() {
        return CatalogueTypes.PRODUCT_TYPE;
    }

    @Override
    public Class<ProductTypeState> stateType() {
        return ProductTypeState.class;
    }

    @Override
    public Uni<Void> apply(TenantId tenant, List<ChangeEvent<ProductTypeState>> events) {
        var latest = Latest.of(events);
        return transactions.inTenant(tenant, tx -> taxonomy.putTypes(tx, latest));
    }
}
