package io.souk.inventory.verify;

import io.quarkus.runtime.annotations.RegisterForReflection;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

import java.util.UUID;

/**
 * A reference that leads nowhere.
 *
 * @param id of the pack
 * @param sku of its variant, as the catalogue spelt it last; null for one that it never told of
 * @param detail in words
 */
@RegisterForReflection
@Schema(name = "ReferenceFinding")
record ReferenceFinding(Kind kind, UUID id, @Nullable String sku, String detail) {
    /** Names are public: they are in the API. */
    enum Kind {
        /** The catalogue does not have, or has deleted, the variant of a pack that people count by. */
        NO_VARIANT
    }

    static ReferenceFinding noVariant(UUID pack, String gtin, UUID variant, @Nullable String sku) {
        return new ReferenceFinding(
                Kind.NO_VARIANT,
                pack,
                sku,
                "pack %s is of variant %s, which the catalogue does not have".formatted(gtin, variant));
    }
}
