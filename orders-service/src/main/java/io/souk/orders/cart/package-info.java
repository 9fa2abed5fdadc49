/**
 * Carts: what a guest or a customer means to buy, at the prices they were shown.
 *
 * <p>Tables: {@code cart}, {@code cart_line}. No topic: nobody but the cart's bearer has to know of it.
 *
 * <p>Promise: additions commute, so that nothing is lost between two tabs; while a cart is checked out nothing changes
 * it; and no price is charged that was not shown.
 */
@NullMarked
package io.souk.orders.cart;

import org.jspecify.annotations.NullMarked;
