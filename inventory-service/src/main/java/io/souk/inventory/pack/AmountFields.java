package io.souk.inventory.pack;

import io.souk.inventory.variant.VariantName;
import io.souk.kit.gtin.Gtin;
import io.souk.kit.problem.Problem;
import org.jspecify.annotations.Nullable;

import java.util.Objects;
import java.util.UUID;

import static io.souk.kit.problem.KitProblem.MALFORMED;

/**
 * The fields with which a line says how much of what: {@code sku} or {@code variantId} and so many units, or {@code gtin} and so
 * many {@code packs}.
 *
 * @param unitsField what the request calls the units
 */
public record AmountFields(
        @Nullable String sku,
        @Nullable UUID variantId,
        @Nullable Long units,
        String unitsField,
        @Nullable String gtin,
        @Nullable Long packs) {
    static final String NO_GTIN = "is not a GTIN: 8, 12, 13 or 14 digits with a valid check digit";

    /** Adds what is wrong with the fields of what lies at {@code pointer}; 400 when they say it both ways. */
    public void check(String pointer, Bounds bounds, Problem problem) {
        if (gtin == null && packs == null) {
            VariantName.check(sku, variantId, pointer, problem);
            bounds.check(units, pointer + "/" + unitsField, problem);
            return;
        }
        refuseBoth(pointer);
        if (gtin == null) {
            problem.at(pointer + "/gtin", "is missing");
        } else if (Gtin.parse(gtin).isEmpty()) {
            problem.at(pointer + "/gtin", NO_GTIN);
        }
        bounds.check(packs, pointer + "/packs", problem);
    }

    /** Which of the two counts nobody can tell. */
    private void refuseBoth(String pointer) {
        var both = MALFORMED.because("A line says units of a variant, or packs of a GTIN");
        if (sku != null) {
            both.at(pointer + "/sku", "cannot be beside gtin or packs");
        }
        if (variantId != null) {
            both.at(pointer + "/variantId", "cannot be beside gtin or packs");
        }
        if (units != null) {
            both.at(pointer + "/" + unitsField, "cannot be beside gtin or packs");
        }
        if (!both.errors().isEmpty()) {
            throw both;
        }
    }

    /** Of fields that {@link #check} found nothing wrong with. */
    public Amount amount() {
        return gtin == null
                ? new Amount.OfVariant(VariantName.of(sku, variantId), Objects.requireNonNull(units), unitsField)
                : new Amount.OfPack(Gtin.parse(gtin).orElseThrow(), Objects.requireNonNull(packs));
    }
}
