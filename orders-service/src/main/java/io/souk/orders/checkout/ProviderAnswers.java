package io.souk.orders.checkout;

import io.smallrye.mutiny.Uni;
import io.souk.kit.tenant.Tx;
import io.souk.orders.payment.PaymentOutcomes;
import io.souk.orders.payment.Verdict;
import jakarta.enterprise.context.ApplicationScoped;

import java.util.UUID;
import java.util.function.Supplier;

/** Tells the saga what the payment provider said. */
@ApplicationScoped
class ProviderAnswers implements PaymentOutcomes {
    private final AdvanceCheckout advance;

    ProviderAnswers(AdvanceCheckout advance) {
        this.advance = advance;
    }

    @Override
    public Uni<Void> answered(Tx tx, UUID order, Verdict answer, Supplier<Uni<Void>> store) {
        return advance.onAnswer(
                tx,
                order,
                switch (answer) {
                    case Verdict.Approved _ -> new CheckoutEvent.PaymentApproved();
                    case Verdict.Refused refused -> new CheckoutEvent.PaymentRefused(refused.reason());
                },
                store);
    }
}
