package io.souk.catalog.tenant;

import io.smallrye.mutiny.Uni;
import io.souk.catalog.CatalogAggregates;
import io.souk.kit.event.AggregateType;
import io.souk.kit.event.Change;
import io.souk.kit.retelling.RetoldRows;
import io.souk.kit.tenant.Tx;
import jakarta.enterprise.context.ApplicationScoped;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** Tenants, told once more. */
@ApplicationScoped
class TenantRows implements RetoldRows {
    private final TenantRepository tenants;

    TenantRows(TenantRepository tenants) {
        this.tenants = tenants;
    }

    @Override
    public AggregateType aggregate() {
        return CatalogAggregates.TENANT;
    }

    @Override
    public String table() {
        return "tenant";
    }

    @Override
    public Uni<List<Change>> lockAndTell(Tx tx, Collection<UUID> ids) {
        return tenants.lock(tx, ids)
                .map(found -> found.stream()
                        .map(tenant -> Change.changed(
                                CatalogAggregates.TENANT,
                                tenant.id(),
                                tenant.version(),
                                TenantState.of(tenant, Set.of())))
                        .toList());
    }
}
