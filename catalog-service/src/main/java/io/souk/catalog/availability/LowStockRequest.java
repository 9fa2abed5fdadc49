package io.souk.catalog.availability;

import io.quarkus.runtime.annotations.RegisterForReflection;
import io.souk.catalog.input.Faults;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** From how many units down a variant shall be low; null for as many as the tenant says. */
@RegisterForReflection
@Schema(name = "LowStockRequest", examples = "{\"units\": 3}")
record LowStockRequest(
        @Schema(minimum = "0", maximum = "1000000000") @Nullable
        Long units) {

    /** 422 unless the number can be one. */
    @Nullable
    Long checked() {
        var faults = new Faults();
        LowStockRules.check(faults, "/units", units);
        faults.refuse();
        return units;
    }
}
