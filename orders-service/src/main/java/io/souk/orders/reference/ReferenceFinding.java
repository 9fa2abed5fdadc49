package io.souk.orders.reference;

import io.quarkus.runtime.annotations.RegisterForReflection;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

import java.util.UUID;

/**
 * A reference that leads nowhere.
 *
 * @param id of the order
 * @param sku of its line, as it was sold
 * @param detail in words
 */
@RegisterForReflection
@Schema(name = "ReferenceFinding")
record ReferenceFinding(Kind kind, UUID id, String sku, String detail) {
    /** Names are public: they are in the API. */
    enum Kind {
        /** The catalogue has deleted a variant that an order is still about. */
        NO_VARIANT
    }

    static ReferenceFinding of(OrderedVariant line) {
        return new ReferenceFinding(
                Kind.NO_VARIANT,
                line.order(),
                line.variant().sku(),
                "line %d is about variant %s of product %s, which the catalogue does not have"
                        .formatted(
                                line.line(),
                                line.variant().variantId(),
                                line.variant().productId()));
    }
}
