package io.souk.search.taxonomy;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.smallrye.mutiny.Uni;
import io.souk.kit.tenant.Failures;
import io.souk.kit.tenant.TenantId;
import io.souk.kit.tenant.Transactions;
import io.souk.kit.tenant.Tx;
import jakarta.enterprise.context.ApplicationScoped;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

import java.time.Duration;

/**
 * The taxonomies that queries use, kept in memory: at most once a second a tenant's revision is asked for, and the rest read
 * only when that has moved. While the database is away, the last one read goes on serving.
 */
@ApplicationScoped
public class Taxonomies {
    private static final Logger LOG = Logger.getLogger(Taxonomies.class);
    private static final Duration CHECKED_FOR = Duration.ofSeconds(1);

    /** A tenant that nobody has searched for this long is forgotten. */
    private static final Duration KEPT = Duration.ofMinutes(30);

    private static final int MAX_TENANTS = 1_000;

    private final Transactions transactions;
    private final TaxonomyRepository taxonomy;
    private final Cache<TenantId, Known> known = Caffeine.newBuilder()
            .maximumSize(MAX_TENANTS)
            .expireAfterAccess(KEPT)
            .build();

    Taxonomies(Transactions transactions, TaxonomyRepository taxonomy) {
        this.transactions = transactions;
        this.taxonomy = taxonomy;
    }

    /** The tenant's taxonomy, at most a second older than the tables. */
    public Uni<Taxonomy> of(TenantId tenant) {
        return known.get(tenant, Known::new).taxonomy();
    }

    /** One tenant's taxonomy and the one check that may be under way. */
    private final class Known {
        private final TenantId tenant;
        private @Nullable Taxonomy last;
        private long checkedAt;
        private @Nullable Uni<Taxonomy> check;

        Known(TenantId tenant) {
            this.tenant = tenant;
        }

        synchronized Uni<Taxonomy> taxonomy() {
            if (last != null && System.nanoTime() - checkedAt < CHECKED_FOR.toNanos()) {
                return Uni.createFrom().item(last);
            }
            if (check == null) {
                long began = System.nanoTime();
                @Nullable Taxonomy before = last;
                check = transactions
                        .inTenant(tenant, tx -> read(tx, before))
                        .invoke(read -> keep(read, began))
                        .onFailure(failure -> before != null && Failures.isTransient(failure))
                        .recoverWithUni(failure -> goOnWith(before, began, failure))
                        .onTermination()
                        .invoke(this::checked)
                        .memoize()
                        .indefinitely();
            }
            return check;
        }

        private synchronized void keep(Taxonomy read, long began) {
            last = read;
            checkedAt = began;
        }

        private synchronized void checked() {
            check = null;
        }

        private Uni<Taxonomy> goOnWith(@Nullable Taxonomy before, long began, Throwable failure) {
            if (before == null) {
                return Uni.createFrom().failure(failure);
            }
            LOG.warnf("The taxonomy of %s cannot be checked, the last one serves on: %s", tenant, failure);
            keep(before, began);
            return Uni.createFrom().item(before);
        }
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
