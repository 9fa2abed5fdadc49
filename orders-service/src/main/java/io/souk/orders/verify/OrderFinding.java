package io.souk.orders.verify;

import io.quarkus.runtime.annotations.RegisterForReflection;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

import java.util.UUID;

/**
 * Something that is not as it must be.
 *
 * @param id of the order
 * @param detail in words
 */
@RegisterForReflection
@Schema(name = "OrderFinding")
record OrderFinding(Kind kind, UUID id, boolean repaired, String detail) {
    /** Names are public: they are in the API. */
    enum Kind {
        /** An order without a payment. */
        NO_PAYMENT,
        /** Confirmed, its goods sent or not, but its payment is not authorised. */
        UNPAID,
        /** Its goods have left, but part of its payment is neither captured nor asked for: the provider has refused. */
        NOT_CAPTURED,
        /** Ended without success, but its payment is neither given back nor on its way back. */
        MONEY_KEPT,
        /** What was captured of an order that ended, and nobody refunds: the provider has refused. */
        NOT_REFUNDED,
        /** Open long after its deadline: the sweep cannot end it, or does not run. */
        LATE,
        /** The total is not what its lines add up to, or not what the payment is about. */
        WRONG_TOTAL,
        /** A version without its entry in the timeline. */
        TIMELINE_GAP,
        /** It has its outcome, but its cart is still locked. */
        CART_LOCKED,
        /** Its repair failed, so all that was found of it stays. */
        NOT_REPAIRED
    }

    OrderFinding repairedNow() {
        return new OrderFinding(kind, id, true, detail);
    }
}
