package io.souk.orders.payment;

import io.souk.kit.money.Money;
import io.souk.kit.tenant.TenantId;

import java.util.UUID;

/**
 * The authorisation of an order's amount, as a provider is asked for it.
 *
 * @param attempts calls made so far in this status
 */
record Payment(
        TenantId tenant,
        UUID orderId,
        UUID id,
        long version,
        PaymentInstruction instruction,
        Money amount,
        PaymentStatus status,
        int attempts)
        implements Due {}
