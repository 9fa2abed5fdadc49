package io.souk.orders.payment;

/** A provider's answer. No answer is a failure of the call, and the call is made again. */
public sealed interface Verdict {
    /**
     * It is done: the amount is set aside, taken or given back.
     *
     * @param reference the provider's name for what it did
     */
    record Approved(String reference) implements Verdict {
        public Approved {
            reference = ProviderText.storable(reference);
        }
    }

    /**
     * It cannot be done; asking again would not help.
     *
     * @param reason for the customer's eyes
     */
    record Refused(String reason) implements Verdict {
        public Refused {
            reason = ProviderText.storable(reason);
        }
    }
}
