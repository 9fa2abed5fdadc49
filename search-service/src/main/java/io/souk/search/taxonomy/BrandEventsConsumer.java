package io.souk.search.taxonomy;

import io.smallrye.mutiny.Uni;
import io.souk.kit.consumer.EventConsumer;
import io.souk.kit.event.AggregateType;
import io.souk.kit.event.ChangeEvent;
import io.souk.kit.tenant.TenantId;
import io.souk.kit.tenant.Transactions;
import jakarta.enterprise.context.ApplicationScoped;

import java.util.List;

/** Keeps the names of brands, and carries new ones into the documents. */
@ApplicationScoped
class BrandEventsConsumer implements EventConsumer<BrandState> {
    private final Transactions transactions;
    private final TaxonomyRepository taxonomy;
    private final SpreadNames spreadNames;

    BrandEventsConsumer(Transactions transactions, TaxonomyRepository taxonomy, SpreadNames spreadNames) {
        this.transactions = transactions;
        this.taxonomy = taxonomy;
        this.spreadNames = spreadNames;
    }

    @Override
    public String name() {
        return "brands";
    }

    @Override
    public AggregateType source() {
        return CatalogueTypes.BRAND;
    }

    @Override
    public Class<BrandState> stateType() {
        return BrandState.class;
    }

    @Override
    public Uni<Void> apply(TenantId tenant, List<ChangeEvent<BrandState>> events) {
        var latest = Latest.of(events);
        return transactions
                .inTenant(tenant, tx -> taxonomy.changeNames(tx).chain(() -> taxonomy.putBrands(tx, latest)))
                .chain(() -> spreadNames.of(tenant, NamedThings.BRANDS));
    }
}
