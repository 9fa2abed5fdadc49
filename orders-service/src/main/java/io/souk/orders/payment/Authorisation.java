package io.souk.orders.payment;

/** A provider's answer. No answer is a failure of the call, and the call is made again. */
public sealed interface Authorisation {
    /**
     * The amount is set aside.
     *
     * @param reference the provider's name for it
     */
    record Approved(String reference) implements Authorisation {
        public Approved {
            reference = ProviderText.storable(reference);
        }
    }

    /**
     * The amount cannot be had; asking again would not help.
     *
     * @param reason for the customer's eyes
     */
    record Refused(String reason) implements Authorisation {
        public Refused {
            reason = ProviderText.storable(reason);
        }
    }
}
