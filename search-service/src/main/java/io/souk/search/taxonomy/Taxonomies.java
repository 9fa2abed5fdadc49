package io.souk.search.taxonomy;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.smallrye.mutiny.Uni;
import io.souk.kit.tenant.TenantId;
import io.souk.kit.tenant.Transactions;
import io.souk.kit.tenant.Tx;
import jakarta.enterprise.context.ApplicationScoped;
import org.jspecify.annotations.Nullable;

import java.time.Duration;

/**
 * The taxonomies that queries use, kept in memory: at most once a second a tenant's revision is asked for, and the rest read
 * only when that has moved. While the database is slow or away, the last one read goes on serving.
 */
@ApplicationScoped
public class Taxonomies {
    /** A tenant that nobody has searched for this long is forgotten. */
    private static final Duration KEPT = Duration.ofMinutes(30);

    private static final int MAX_TENANTS = 1_000;

    private final Transactions transactions;
    private final TaxonomyRepository taxonomy;
    private final Cache<TenantId, LastTaxonomy> known = Caffeine.newBuilder()
            .maximumSize(MAX_TENANTS)
            .expireAfterAccess(KEPT)
            .build();

    Taxonomies(Transactions transactions, TaxonomyRepository taxonomy) {
        this.transactions = transactions;
        this.taxonomy = taxonomy;
    }

    /** The tenant's taxonomy, at most a second older than the tables while these answer within {@link LastTaxonomy#PATIENCE}. */
    public Uni<Taxonomy> of(TenantId tenant) {
        return known.get(tenant, this::unread).taxonomy();
    }

    private LastTaxonomy unread(TenantId tenant) {
        return new LastTaxonomy(tenant, last -> transactions.inTenant(tenant, tx -> read(tx, last)), System::nanoTime);
    }

    private Uni<Taxonomy> read(Tx tx, @Nullable Taxonomy before) {
        return taxonomy.revision(tx)
                .chain(revision -> before != null && before.revision() == revision
                        ? Uni.createFrom().item(before)
                        : readAll(tx, revision));
    }

    private Uni<Taxonomy> readAll(Tx tx, long revision) {
        return taxonomy.categories(tx)
                .chain(categories -> taxonomy.typeTitles(tx)
                        .map(titles -> new Taxonomy(
                                revision, new CategoryTree(tx.tenant() + "@" + revision, categories), titles)));
    }
}
