/**
 * Checkout: from a placed order to its outcome, and to the arrival of its goods.
 *
 * <p>Follows {@code souk.inventory.reservation}; writes orders and payments through their own features. Table:
 * {@code seen_reservation}; the saga's state is the order's.
 *
 * <p>Promise: every order ends, by its outcome or when somebody cancels it, whichever service or dependency is killed
 * at whichever moment. It is confirmed only when it is paid for and its reservation is final; a payment of an order
 * that ended otherwise is given back. A confirmed order whose stock inventory has lost is cancelled; one whose goods have left
 * ends no other way.
 */
@NullMarked
package io.souk.orders.checkout;

import org.jspecify.annotations.NullMarked;
