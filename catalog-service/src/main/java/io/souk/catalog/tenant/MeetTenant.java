package io.souk.catalog.tenant;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.smallrye.mutiny.Uni;
import io.souk.catalog.CatalogAggregates;
import io.souk.kit.event.Change;
import io.souk.kit.id.Ids;
import io.souk.kit.outbox.Outbox;
import io.souk.kit.tenant.TenantId;
import io.souk.kit.tenant.Transactions;
import io.souk.kit.tenant.Tx;
import jakarta.enterprise.context.ApplicationScoped;

import java.util.Set;

/** Makes a tenant known. */
@ApplicationScoped
class MeetTenant {
    /** Tenants remembered by a replica; one that was forgotten costs one statement more. */
    private static final int MAX_REMEMBERED = 100_000;

    private final Transactions transactions;
    private final TenantRepository tenants;
    private final Outbox outbox;
    private final Cache<TenantId, Boolean> met =
            Caffeine.newBuilder().maximumSize(MAX_REMEMBERED).build();

    MeetTenant(Transactions transactions, TenantRepository tenants, Outbox outbox) {
        this.transactions = transactions;
        this.tenants = tenants;
        this.outbox = outbox;
    }

    /** Whether this replica has met the tenant: a look-up in memory. */
    boolean knows(TenantId tenant) {
        return met.getIfPresent(tenant) != null;
    }

    /** Writes the tenant and its event unless it is known; twice or at the same time, one of them wins. */
    Uni<Void> meet(TenantId tenant) {
        return transactions.inTenant(tenant, this::insert).invoke(() -> met.put(tenant, true));
    }

    private Uni<Void> insert(Tx tx) {
        var id = Ids.next();
        return tenants.insert(tx, id)
                .chain(fresh -> fresh ? publish(tx, id) : Uni.createFrom().voidItem());
    }

    private Uni<Void> publish(Tx tx, java.util.UUID id) {
        var state = new TenantState(id, tx.tenant(), 1, Set.of("tenant"));
        return outbox.append(tx, Change.changed(CatalogAggregates.TENANT, id, 1, state));
    }
}
