package io.souk.orders.payment;

import io.smallrye.mutiny.Uni;
import io.souk.kit.tenant.Tx;

import java.util.UUID;

/** Hears a provider's answers, in the transaction that stores them. Implemented by who pays for orders. */
public interface PaymentOutcomes {
    Uni<Void> answered(Tx tx, UUID order, Verdict answer);
}
