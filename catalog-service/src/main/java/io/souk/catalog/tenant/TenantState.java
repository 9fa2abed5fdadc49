package io.souk.catalog.tenant;

import io.quarkus.runtime.annotations.RegisterForReflection;
import io.souk.kit.tenant.TenantId;
import org.jspecify.annotations.Nullable;

import java.util.Set;
import java.util.UUID;

/**
 * The event {@code souk.catalog.tenant.changed.v1}.
 *
 * @param lowStockUnits from how many units down a variant is low; null in events of before it could be said
 */
@RegisterForReflection
public record TenantState(
        UUID id, TenantId tenant, long version, @Nullable Long lowStockUnits, Set<String> changed) {

    static TenantState of(Tenant tenant, Set<String> changed) {
        return new TenantState(tenant.id(), tenant.name(), tenant.version(), tenant.lowStockUnits(), changed);
    }
}
