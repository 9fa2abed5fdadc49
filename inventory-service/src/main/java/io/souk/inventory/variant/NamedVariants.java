package io.souk.inventory.variant;

import org.jspecify.annotations.Nullable;

import java.util.Map;
import java.util.Objects;
import java.util.UUID;

/** The variants that were found by some names. */
public final class NamedVariants {
    private final Map<String, Variant> bySkuKey;
    private final Map<UUID, Variant> byId;

    NamedVariants(Map<String, Variant> bySkuKey, Map<UUID, Variant> byId) {
        this.bySkuKey = bySkuKey;
        this.byId = byId;
    }

    public @Nullable Variant find(VariantName name) {
        return name.sku() == null
                ? byId.get(name.id())
                : bySkuKey.get(name.sku().key());
    }

    /** One that is known to be among them. */
    public Variant require(VariantName name) {
        return Objects.requireNonNull(find(name), "a variant that was just found");
    }
}
