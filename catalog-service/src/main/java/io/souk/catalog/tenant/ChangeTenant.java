package io.souk.catalog.tenant;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.smallrye.mutiny.Uni;
import io.souk.catalog.CatalogAggregates;
import io.souk.catalog.availability.RecountLowStock;
import io.souk.kit.event.Change;
import io.souk.kit.http.MergePatch;
import io.souk.kit.http.Preconditions;
import io.souk.kit.outbox.Outbox;
import io.souk.kit.problem.Problems;
import io.souk.kit.tenant.TenantId;
import io.souk.kit.tenant.Transactions;
import io.souk.kit.tenant.Tx;
import jakarta.enterprise.context.ApplicationScoped;

import java.util.Set;

/** Reads and changes what a tenant says of itself. */
@ApplicationScoped
class ChangeTenant {
    private final Transactions transactions;
    private final TenantRepository tenants;
    private final RecountLowStock recount;
    private final Outbox outbox;
    private final ObjectMapper json;

    ChangeTenant(
            Transactions transactions,
            TenantRepository tenants,
            RecountLowStock recount,
            Outbox outbox,
            ObjectMapper json) {
        this.transactions = transactions;
        this.tenants = tenants;
        this.recount = recount;
        this.outbox = outbox;
        this.json = json;
    }

    Uni<Tenant> find(TenantId tenant) {
        return transactions.inTenant(tenant, tx -> tenants.find(tx).map(found -> Problems.present(found, "tenant")));
    }

    /** The same again is no new version. What hangs on a setting follows after the commit. */
    Uni<Tenant> change(TenantId tenant, long seen, JsonNode patch) {
        return transactions.inTenant(
                tenant,
                tx -> tenants.lock(tx)
                        .map(found -> Problems.present(found, "tenant"))
                        .invoke(present -> Preconditions.requireVersion(
                                seen, present.version(), "tenant", () -> TenantView.of(present)))
                        .chain(before -> save(tx, before, before.withLowStockUnits(units(before, patch)))));
    }

    private long units(Tenant before, JsonNode patch) {
        return MergePatch.apply(json, TenantSettings.of(before), patch, TenantSettings.class)
                .checkedLowStockUnits();
    }

    private Uni<Tenant> save(Tx tx, Tenant before, Tenant after) {
        if (after.version() == before.version()) {
            return Uni.createFrom().item(before);
        }
        return tenants.update(tx, after)
                .chain(() -> outbox.append(
                        tx,
                        Change.changed(
                                CatalogAggregates.TENANT,
                                after.id(),
                                after.version(),
                                TenantState.of(after, Set.of("lowStockUnits")))))
                .chain(() -> recount.begin(tx))
                .replaceWith(after);
    }
}
