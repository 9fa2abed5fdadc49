package io.souk.orders.payment;

import io.smallrye.mutiny.TimeoutException;
import org.jspecify.annotations.Nullable;

import static io.souk.orders.payment.PaymentStatus.AUTHORISED;
import static io.souk.orders.payment.PaymentStatus.DECLINED;
import static io.souk.orders.payment.PaymentStatus.VOIDED;

/**
 * How a call of a provider ended, as the payment's history keeps it.
 *
 * @param to what the payment becomes, if it still stands where it stood when the call was made; null when nothing is known
 */
record ProviderAnswer(
        @Nullable PaymentStatus to,
        Kind kind,
        Outcome outcome,
        @Nullable String reference,
        @Nullable String detail) {
    enum Kind {
        AUTHORISE,
        VOID
    }

    enum Outcome {
        SUCCEEDED,
        REFUSED,
        /** No answer in time: what the provider did is unknown. */
        TIMED_OUT,
        /** The call failed: what the provider did is unknown. */
        FAILED
    }

    static final ProviderAnswer RELEASED = new ProviderAnswer(VOIDED, Kind.VOID, Outcome.SUCCEEDED, null, null);

    static ProviderAnswer of(Authorisation authorisation) {
        return switch (authorisation) {
            case Authorisation.Approved approved ->
                new ProviderAnswer(AUTHORISED, Kind.AUTHORISE, Outcome.SUCCEEDED, approved.reference(), null);
            case Authorisation.Refused refused ->
                new ProviderAnswer(DECLINED, Kind.AUTHORISE, Outcome.REFUSED, null, refused.reason());
        };
    }

    static ProviderAnswer none(Kind kind, Throwable failure) {
        return failure instanceof TimeoutException
                ? new ProviderAnswer(null, kind, Outcome.TIMED_OUT, null, null)
                : new ProviderAnswer(null, kind, Outcome.FAILED, null, ProviderText.storable(failure.toString()));
    }
}
