package io.souk.orders.payment;

import io.smallrye.mutiny.TimeoutException;
import org.jspecify.annotations.Nullable;

/** How a call of a provider ended, as the payment's history keeps it. */
record ProviderAnswer(
        CallKind kind,
        CallOutcome outcome,
        @Nullable String reference,
        @Nullable String detail) {
    static final ProviderAnswer VOIDED = new ProviderAnswer(CallKind.VOID, CallOutcome.SUCCEEDED, null, null);

    static ProviderAnswer of(CallKind kind, Verdict verdict) {
        return switch (verdict) {
            case Verdict.Approved approved ->
                new ProviderAnswer(kind, CallOutcome.SUCCEEDED, approved.reference(), null);
            case Verdict.Refused refused -> new ProviderAnswer(kind, CallOutcome.REFUSED, null, refused.reason());
        };
    }

    static ProviderAnswer none(CallKind kind, Throwable failure) {
        return failure instanceof TimeoutException
                ? new ProviderAnswer(kind, CallOutcome.TIMED_OUT, null, null)
                : new ProviderAnswer(kind, CallOutcome.FAILED, null, ProviderText.storable(failure.toString()));
    }

    /** What the payment becomes by it, if it still stands where it stood when the call was made; null when nothing. */
    @Nullable
    PaymentStatus to() {
        return switch (outcome) {
            case SUCCEEDED ->
                switch (kind) {
                    case AUTHORISE -> PaymentStatus.AUTHORISED;
                    case VOID -> PaymentStatus.VOIDED;
                    case CAPTURE, REFUND -> null;
                };
            case REFUSED -> kind == CallKind.AUTHORISE ? PaymentStatus.DECLINED : null;
            case TIMED_OUT, FAILED -> null;
        };
    }
}
