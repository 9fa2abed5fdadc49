/**
 * What is promised to which order.
 *
 * <p>Tables: {@code reservation}, {@code reservation_hold}. In: {@code souk.orders.order}; there are no commands, a
 * reservation follows its order's state. Out: {@code souk.inventory.reservation}, in one transaction with the stock that it
 * moves.
 *
 * <p>Promise: all lines of an order are held or none; every reservation is given back or confirmed exactly once, whoever
 * races; an order that ends before its hold is seen never holds anything; an open one runs out within a second of its time.
 * Locks are taken in the order reservation, then stock levels.
 */
@NullMarked
package io.souk.inventory.reservation;

import org.jspecify.annotations.NullMarked;
