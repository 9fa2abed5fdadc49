package io.souk.search.taxonomy;

import io.smallrye.mutiny.Uni;
import io.souk.kit.consumer.EventConsumer;
import io.souk.kit.event.AggregateType;
import io.souk.kit.event.ChangeEvent;
import io.souk.kit.tenant.TenantId;
import io.souk.kit.tenant.Transactions;
import jakarta.enterprise.context.ApplicationScoped;

import java.util.List;

/** Keeps the category tree, and carries new names into the documents. */
@ApplicationScoped
class CategoryEventsConsumer implements EventConsumer<CategoryState> {
    private final Transactions transactions;
    private final TaxonomyRepository taxonomy;
    private final SpreadNames spreadNames;

    CategoryEventsConsumer(Transactions transactions, TaxonomyRepository taxonomy, SpreadNames spreadNames) {
        this.transactions = transactions;
        this.taxonomy = taxonomy;
        this.spreadNames = spreadNames;
    }

    @Override
    public String name() {
        return "categories";
    }

    @Override
    public AggregateType source() {
        return CatalogueTypes.CATEGORY;
    }

    @Override
    public Class<CategoryState> stateType() {
        return CategoryState.class;
    }

    @Override
    public Uni<Void> apply(TenantId tenant, List<ChangeEvent<CategoryState>> events) {
        var latest = Latest.of(events);
        return transactions
                .inTenant(tenant, tx -> taxonomy.changeNames(tx).chain(() -> taxonomy.putCategories(tx, latest)))
                .chain(() -> spreadNames.of(tenant, NamedThings.CATEGORIES));
    }
}
