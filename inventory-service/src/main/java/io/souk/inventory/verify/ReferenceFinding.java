package io.souk.inventory.verify;

import io.quarkus.runtime.annotations.RegisterForReflection;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

import java.util.UUID;

/**
 * A reference that leads nowhere.
 *
 * @param id of what names the variant, or of the order
 * @param sku of the variant, as the catalogue spelt it last; null for one that it never told of, and of an order
 * @param detail in words
 */
@RegisterForReflection
@Schema(name = "ReferenceFinding")
record ReferenceFinding(Kind kind, UUID id, @Nullable String sku, String detail) {
    /** Names are public: they are in the API. */
    enum Kind {
        /** The catalogue does not have, or has deleted, the variant of goods, of what is to come, of a pack that people count by. */
        NO_VARIANT,
        /** An order is confirmed, but no stock is held for it. */
        NOT_HELD
    }

    static ReferenceFinding notHeld(UUID order, String reservation) {
        return new ReferenceFinding(Kind.NOT_HELD, order, null, "it is CONFIRMED, but " + reservation);
    }

    static ReferenceFinding noVariant(UUID id, @Nullable String sku, String missing) {
        return new ReferenceFinding(Kind.NO_VARIANT, id, sku, missing + ", which the catalogue does not have");
    }
}
