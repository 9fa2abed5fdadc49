package io.souk.catalog.tenant;

import io.souk.kit.tenant.TenantId;

import java.util.UUID;

/**
 * A tenant and its settings.
 *
 * @param lowStockUnits from how many units down a variant is low for which nobody says another number; 0: never
 */
record Tenant(UUID id, TenantId name, long lowStockUnits, long version) {
    static Tenant fresh(UUID id, TenantId name) {
        return new Tenant(id, name, 0, 1);
    }

    /** The next version, or this one when nothing changes. */
    Tenant withLowStockUnits(long units) {
        return units == lowStockUnits ? this : new Tenant(id, name, units, version + 1);
    }
}
