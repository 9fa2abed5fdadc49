package io.souk.orders.payment;

import io.souk.kit.id.Ids;
import io.souk.kit.tenant.TenantId;

import java.util.UUID;

/**
 * Ids of captures and refunds, which are the provider's idempotency keys. Each follows from what asks for the movement: when the
 * same thing asks again after our database was restored and has forgotten it, the provider sees the key that it knows.
 */
final class MovementId {
    private MovementId() {}

    /**
     * Of one that a caller asks for.
     *
     * @param key the caller's idempotency key
     */
    static UUID ofRequest(TenantId tenant, UUID order, CallKind kind, String key) {
        return Ids.named(tenant.value(), order.toString(), kind.name(), "key", key);
    }

    /**
     * Of all that is left to capture when an order's goods have left.
     *
     * @param refused captures of the payment that the provider has refused: what it is asked once more is another question
     */
    static UUID ofRest(TenantId tenant, Funds funds, long refused) {
        return Ids.named(
                tenant.value(),
                funds.order().toString(),
                CallKind.CAPTURE.name(),
                "rest",
                Long.toString(funds.authorised() - funds.capturable()),
                Long.toString(funds.authorised()),
                Long.toString(refused));
    }

    /**
     * Of all that was captured of an order that has ended, and not refunded yet.
     *
     * @param refused refunds of the payment that the provider has refused: what it is asked once more is another question
     */
    static UUID ofReturn(TenantId tenant, Funds funds, long refused) {
        return Ids.named(
                tenant.value(),
                funds.order().toString(),
                CallKind.REFUND.name(),
                "return",
                Long.toString(funds.captured() - funds.refundable()),
                Long.toString(funds.captured()),
                Long.toString(refused));
    }
}
