package io.souk.orders.payment;

import io.smallrye.mutiny.Uni;
import io.souk.kit.money.Money;

import java.util.UUID;

/**
 * A payment service. One bean per provider. Calls may be repeated, so they must be idempotent by the id of the payment,
 * or by that of the movement: a provider gets it as its idempotency key. They must not block; the caller sets the time
 * limit and repeats what failed.
 */
public interface PaymentProvider {
    /** What an order's payment instruction calls it, e.g. {@code sandbox}. Its own among those installed. Never changes: it is stored. */
    String name();

    /**
     * Whether it may be a token of this provider's: an order with another one is refused and not stored. What looks like a card's number
     * is none, since such numbers must never be stored here. A provider whose tokens keep the form of a number says itself how they
     * are told from cards. Asked in every order, so it decides by the text alone; must not block.
     */
    default boolean takes(String token) {
        return !CardNumber.looksLike(token);
    }

    /**
     * Asks for the amount to be set aside.
     *
     * @param attempt 1 for the first call
     */
    Uni<Verdict> authorise(UUID payment, int attempt, String token, Money amount);

    /**
     * Gives back what was set aside and not captured, whether or not an authorisation is known to have happened. Once
     * this has succeeded, an authorisation of the same payment that was still on its way must come to nothing: its
     * answer may never reach us.
     */
    Uni<Void> cancel(UUID payment, String token);

    /**
     * Takes a part of the authorised amount. Never asked for more than is left of it.
     *
     * @param movement names this capture among those of the payment
     */
    Uni<Verdict> capture(UUID payment, UUID movement, String token, Money amount);

    /**
     * Gives back a part of what was captured. Never asked for more than is left of it.
     *
     * @param movement names this refund among those of the payment
     */
    Uni<Verdict> refund(UUID payment, UUID movement, String token, Money amount);

    /** What the provider has of a payment now; {@link Holding#NOTHING} of one that it does not know. */
    Uni<Holding> holding(UUID payment, String token);
}
