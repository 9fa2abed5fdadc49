/**
 * Payments: what is asked of a payment provider for an order, until there is an answer.
 *
 * <p>Tables: {@code payment}, {@code payment_movement} (captures and refunds), {@code payment_transaction} (append
 * only). Out: {@code souk.orders.payment}.
 *
 * <p>Promise: the provider is called outside of any transaction, with the payment's id as idempotency key, again and
 * again until it has answered; so a crash or a lost answer can repeat a call but never charge twice. Of an order that
 * ended without success nothing is kept: what a provider turns out to hold later is found and goes back. No card data
 * is kept.
 */
@NullMarked
package io.souk.orders.payment;

import org.jspecify.annotations.NullMarked;
