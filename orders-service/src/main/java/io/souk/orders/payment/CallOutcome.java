package io.souk.orders.payment;

/** How a call of a provider ended. */
public enum CallOutcome {
    SUCCEEDED,
    REFUSED,
    /** No answer in time: what the provider did is unknown. */
    TIMED_OUT,
    /** The call failed: what the provider did is unknown. */
    FAILED;

    /** Whether the provider has spoken, so that it is not asked again. */
    boolean isAnswer() {
        return this == SUCCEEDED || this == REFUSED;
    }
}
