package io.souk.orders.payment;

import io.smallrye.mutiny.Uni;
import io.souk.kit.tenant.Tx;

import java.util.UUID;
import java.util.function.Supplier;

/** Hears a provider's answers, in the transaction that stores them. Implemented by who pays for orders. */
public interface PaymentOutcomes {
    /**
     * The provider has answered.
     *
     * @param store writes the answer into the payment's books: to be done once the order is locked, and before anything more is
     *     asked of the payment
     */
    Uni<Void> answered(Tx tx, UUID order, Verdict answer, Supplier<Uni<Void>> store);
}
