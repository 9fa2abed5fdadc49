package io.souk.orders.payment;

import io.souk.kit.money.Money;
import io.souk.kit.tenant.TenantId;

import java.util.UUID;

/** Something that a provider is to be asked now. */
sealed interface Due permits Payment, Movement {
    TenantId tenant();

    UUID orderId();

    PaymentInstruction instruction();

    Money amount();

    int attempts();
}
