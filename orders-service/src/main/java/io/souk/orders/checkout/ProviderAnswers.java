package io.souk.orders.checkout;

import io.smallrye.mutiny.Uni;
import io.souk.kit.tenant.Tx;
import io.souk.orders.payment.Authorisation;
import io.souk.orders.payment.PaymentOutcomes;
import jakarta.enterprise.context.ApplicationScoped;

import java.util.UUID;

/** Tells the saga what the payment provider said. */
@ApplicationScoped
class ProviderAnswers implements PaymentOutcomes {
    private final AdvanceCheckout advance;

    ProviderAnswers(AdvanceCheckout advance) {
        this.advance = advance;
    }

    @Override
    public Uni<Void> answered(Tx tx, UUID order, Authorisation answer) {
        return advance.on(
                tx,
                order,
                switch (answer) {
                    case Authorisation.Approved _ -> new CheckoutEvent.PaymentApproved();
                    case Authorisation.Refused refused -> new CheckoutEvent.PaymentRefused(refused.reason());
                },
                null);
    }
}
