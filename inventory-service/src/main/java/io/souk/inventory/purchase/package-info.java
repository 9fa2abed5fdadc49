/**
 * What is ordered of suppliers, what came of it and for how much, and what that says of them.
 *
 * <p>Tables: {@code purchase_order}, {@code purchase_order_line}, {@code purchase}. Out: nothing: no event carries what the shop
 * pays. A receipt that names its supplier becomes purchases through {@link io.souk.inventory.purchase.RecordPurchases}, in the
 * receipt's transaction.
 *
 * <p>Promise: a purchase is there if, and only if, its receipt is booked; it is never changed. How a supplier performs is computed
 * from these rows whenever it is asked for.
 */
@NullMarked
package io.souk.inventory.purchase;

import org.jspecify.annotations.NullMarked;
