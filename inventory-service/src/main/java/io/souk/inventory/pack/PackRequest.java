package io.souk.inventory.pack;

import io.souk.inventory.variant.VariantName;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

import java.util.UUID;

import static io.souk.kit.problem.KitProblem.INVALID;

/** What lies under a GTIN: {@code unitsPerPack} of the variant with this {@code sku} or {@code variantId}. */
@Schema(name = "NewPack", examples = """
    {"sku": "DD1391-100-EU41", "unitsPerPack": 12}
    """)
record PackRequest(
        @Nullable String sku,
        @Nullable UUID variantId,
        @Nullable Integer unitsPerPack) {

    record Valid(VariantName variant, int unitsPerPack) {}

    /** 422 naming each bad field. */
    Valid valid() {
        var problem = INVALID.because("The pack breaks a rule");
        VariantName.check(sku, variantId, "", problem);
        if (unitsPerPack == null || unitsPerPack < 1 || unitsPerPack > Pack.MAX_UNITS) {
            throw problem.at("/unitsPerPack", "must be between 1 and " + Pack.MAX_UNITS);
        }
        if (!problem.errors().isEmpty()) {
            throw problem;
        }
        return new Valid(VariantName.of(sku, variantId), unitsPerPack);
    }
}
