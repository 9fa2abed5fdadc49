package io.souk.orders.payment;

/**
 * How the customer pays: a provider and the token that it gave to the customer's browser. Never a card.
 *
 * @param provider the name of an installed {@link PaymentProvider}
 */
public record PaymentInstruction(String provider, String token) {}
