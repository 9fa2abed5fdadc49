/**
 * What is promised to whom: to an order, which its reservation follows, or to an owner, who asked for it over HTTP.
 *
 * <p>Tables: {@code reservation}, {@code reservation_hold}. In: {@code souk.orders.order}; there are no commands. Out: {@code
 * souk.inventory.reservation}, in one transaction with the stock that it moves.
 *
 * <p>Promise: all lines are held or none; every reservation is given back, confirmed or shipped exactly once, whoever races; an order
 * that ends before its hold is seen never holds anything; an open one runs out within a second of its time. Carts that come
 * at the same time share a transaction ({@link io.souk.inventory.reservation.GatherCarts}). Locks are taken in the order
 * reservations, then stock levels, and with these the units that lie there. Which units a reservation gets is said when it is
 * confirmed ({@link io.souk.inventory.unit.AssignUnits}).
 */
@NullMarked
package io.souk.inventory.reservation;

import org.jspecify.annotations.NullMarked;
