package io.souk.search.taxonomy;

import io.quarkus.arc.All;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.souk.kit.tenant.TenantId;
import io.souk.kit.tenant.Transactions;
import jakarta.enterprise.context.ApplicationScoped;

import java.util.List;

/** Carries new names to whoever keeps copies of them. What was told is marked, so a crash in between only repeats it. */
@ApplicationScoped
class SpreadNames {
    private final Transactions transactions;
    private final TaxonomyRepository taxonomy;
    private final List<NameReaders> readers;

    SpreadNames(Transactions transactions, TaxonomyRepository taxonomy, @All List<NameReaders> readers) {
        this.transactions = transactions;
        this.taxonomy = taxonomy;
        this.readers = readers;
    }

    /** Done when no name of these things is left to be spread. */
    Uni<Void> of(TenantId tenant, NamedThings things) {
        return Multi.createBy()
                .repeating()
                .uni(() -> spreadSome(tenant, things))
                .whilst(spread -> spread)
                .collect()
                .last()
                .replaceWithVoid();
    }

    private Uni<Boolean> spreadSome(TenantId tenant, NamedThings things) {
        return transactions
                .inTenant(tenant, tx -> taxonomy.toSpread(tx, things))
                .chain(names -> names.ids().isEmpty()
                        ? Uni.createFrom().item(false)
                        : tell(tenant, things, names)
                                .chain(() -> transactions.inTenant(tenant, tx -> taxonomy.spread(tx, things, names)))
                                .replaceWith(true));
    }

    private Uni<Void> tell(TenantId tenant, NamedThings things, TaxonomyRepository.ToSpread names) {
        var told = Uni.createFrom().voidItem();
        for (var reader : readers) {
            told = told.chain(() -> reader.renamed(tenant, things, names.names()));
        }
        return told;
    }
}
