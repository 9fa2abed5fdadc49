package io.souk.catalog.tenant;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

import java.util.UUID;

/** A tenant as its own people read it. */
@Schema(name = "Tenant")
record TenantView(UUID id, String tenant, long lowStockUnits, long version) {
    static TenantView of(Tenant tenant) {
        return new TenantView(tenant.id(), tenant.name().value(), tenant.lowStockUnits(), tenant.version());
    }
}
