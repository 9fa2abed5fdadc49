package io.souk.orders.payment;

import org.jspecify.annotations.Nullable;

import static io.souk.orders.payment.PaymentStatus.AUTHORISED;
import static io.souk.orders.payment.PaymentStatus.AUTHORISING;
import static io.souk.orders.payment.PaymentStatus.DECLINED;
import static io.souk.orders.payment.PaymentStatus.VOIDED;
import static io.souk.orders.payment.PaymentStatus.VOIDING;

/** What a provider said, as the payment's history keeps it. */
record ProviderAnswer(
        PaymentStatus from,
        PaymentStatus to,
        String kind,
        String outcome,
        @Nullable String reference,
        @Nullable String detail) {
    static final ProviderAnswer RELEASED = new ProviderAnswer(VOIDING, VOIDED, "VOID", "SUCCEEDED", null, null);

    static ProviderAnswer of(Authorisation authorisation) {
        return switch (authorisation) {
            case Authorisation.Approved approved ->
                new ProviderAnswer(AUTHORISING, AUTHORISED, "AUTHORISE", "SUCCEEDED", approved.reference(), null);
            case Authorisation.Refused refused ->
                new ProviderAnswer(AUTHORISING, DECLINED, "AUTHORISE", "REFUSED", null, refused.reason());
        };
    }
}
