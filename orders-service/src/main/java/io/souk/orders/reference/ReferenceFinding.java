package io.souk.orders.reference;

import io.quarkus.runtime.annotations.RegisterForReflection;
import io.souk.orders.order.OrderStatus;
import io.souk.orders.reference.HeldForOrders.Held;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

import java.util.UUID;

/**
 * A reference that leads nowhere.
 *
 * @param id of the order
 * @param sku of its line, as it was sold, where it is about one
 * @param detail in words
 */
@RegisterForReflection
@Schema(name = "ReferenceFinding")
record ReferenceFinding(Kind kind, UUID id, @Nullable String sku, String detail) {
    /** Names are public: they are in the API. */
    enum Kind {
        /** The catalogue has deleted a variant that an order is still about. */
        NO_VARIANT,
        /** Stock is held for an order that there is not. */
        NO_ORDER,
        /** Stock is still held for an order that ended without it. */
        ORDER_ENDED,
        /** Goods of an order were sent, but inventory still holds them. */
        NOT_SHIPPED,
        /** An order is confirmed, but its reservation may still run out. */
        NOT_CONFIRMED
    }

    static ReferenceFinding noOrder(Held held) {
        return of(Kind.NO_ORDER, held, "there is no such order");
    }

    static ReferenceFinding orderEnded(Held held, OrderStatus status) {
        return of(Kind.ORDER_ENDED, held, "it is " + status);
    }

    static ReferenceFinding notShipped(Held held, OrderStatus status) {
        return of(Kind.NOT_SHIPPED, held, "it is " + status);
    }

    static ReferenceFinding notConfirmed(Held held) {
        return of(Kind.NOT_CONFIRMED, held, "it is CONFIRMED");
    }

    private static ReferenceFinding of(Kind kind, Held held, String why) {
        return new ReferenceFinding(
                kind, held.orderId(), null, "%s, but reservation %s is %s".formatted(why, held.id(), held.status()));
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
