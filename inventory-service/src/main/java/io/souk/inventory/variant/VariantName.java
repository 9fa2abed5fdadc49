package io.souk.inventory.variant;

import io.souk.kit.problem.Problem;
import io.souk.kit.sku.Sku;
import org.jspecify.annotations.Nullable;

import java.util.UUID;

/** How a request names a variant: by its SKU or by its id. */
public record VariantName(@Nullable Sku sku, @Nullable UUID id) {
    public VariantName {
        if ((sku == null) == (id == null)) {
            throw new IllegalArgumentException("either a SKU or an id");
        }
    }

    /** Adds what is wrong with the fields {@code sku} and {@code variantId} of what lies at {@code pointer}. */
    public static void check(@Nullable String sku, @Nullable UUID id, String pointer, Problem problem) {
        if ((sku == null) == (id == null)) {
            problem.at(pointer, "must have either sku or variantId");
        }
        var fault = sku == null ? null : Sku.fault(sku);
        if (fault != null) {
            problem.at(pointer + "/sku", fault);
        }
    }

    /** Of fields that {@link #check} found nothing wrong with. */
    public static VariantName of(@Nullable String sku, @Nullable UUID id) {
        return new VariantName(sku == null ? null : new Sku(sku), id);
    }

    /** The field that names it. */
    public String field() {
        return sku == null ? "variantId" : "sku";
    }
}
