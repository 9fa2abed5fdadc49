package io.souk.orders.payment;

import org.jspecify.annotations.Nullable;

import java.time.Instant;

/**
 * An entry of a payment's history: calls that ended alike while the payment stood at one version.
 *
 * @param amountMinor of a capture or refund; null otherwise, when it is the whole amount
 * @param at of the first of these calls
 * @param lastAt of the last one
 */
public record ProviderCall(
        CallKind kind,
        CallOutcome outcome,
        @Nullable Long amountMinor,
        @Nullable String detail,
        int calls,
        Instant at,
        Instant lastAt) {

    /** One sentence for the order's timeline. */
    public String note() {
        return switch (outcome) {
            case SUCCEEDED -> done() + (detail == null ? "" : "; " + detail);
            case REFUSED -> "The provider refused to " + verb() + ": " + detail;
            case TIMED_OUT -> "The provider did not answer when asked to " + verb() + "; it is unknown what it did";
            case FAILED -> "The call that asks the provider to " + verb() + " failed; it is unknown what it did";
        };
    }

    private String done() {
        return switch (kind) {
            case AUTHORISE -> "The provider authorised the payment";
            case VOID -> "The provider gave the authorised amount back";
            case CAPTURE -> "The provider captured " + amountMinor + " minor units";
            case REFUND -> "The provider refunded " + amountMinor + " minor units";
        };
    }

    private String verb() {
        return switch (kind) {
            case AUTHORISE -> "authorise the payment";
            case VOID -> "give the authorised amount back";
            case CAPTURE -> "capture " + amountMinor + " minor units";
            case REFUND -> "refund " + amountMinor + " minor units";
        };
    }
}
