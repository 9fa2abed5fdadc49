package io.souk.orders.payment;

import io.souk.kit.money.Money;
import io.souk.kit.tenant.TenantId;

import java.util.UUID;

/**
 * A capture or a refund, as a provider is asked for it.
 *
 * @param version the payment's version that it made, which names it in the history
 * @param attempts calls made so far
 */
record Movement(
        TenantId tenant,
        UUID orderId,
        UUID paymentId,
        long version,
        UUID id,
        CallKind kind,
        PaymentInstruction instruction,
        Money amount,
        int attempts)
        implements Due {}
