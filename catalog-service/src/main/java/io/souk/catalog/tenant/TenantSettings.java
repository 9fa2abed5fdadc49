package io.souk.catalog.tenant;

import io.quarkus.runtime.annotations.RegisterForReflection;
import io.souk.catalog.availability.LowStockRules;
import io.souk.catalog.input.Faults;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** What a tenant says of itself, as it is written: what a merge patch is applied to. */
@RegisterForReflection
@Schema(name = "TenantSettings")
public record TenantSettings(
        @Schema(
                minimum = "0",
                maximum = "1000000000",
                description = "From how many units down a variant is low for which nobody says another number; 0,"
                        + " as at first: never",
                examples = "5")
        @Nullable
        Long lowStockUnits) {

    static TenantSettings of(Tenant tenant) {
        return new TenantSettings(tenant.lowStockUnits());
    }

    /** 422 unless the number can be one. */
    long checkedLowStockUnits() {
        var faults = new Faults();
        LowStockRules.check(faults, "/lowStockUnits", lowStockUnits);
        faults.refuse();
        return lowStockUnits == null ? 0 : lowStockUnits;
    }
}
