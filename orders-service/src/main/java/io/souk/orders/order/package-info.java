/**
 * Orders: what was bought at which price, in which state it is and how it came there.
 *
 * <p>Tables: {@code orders}, {@code order_line}, {@code order_step}. Topic out: {@code souk.orders.order}, without personal
 * data.
 *
 * <p>Promise: lines and prices never change after an order is placed; every change of its state is one version, one event
 * and one entry of its timeline. Who placed it and where it goes can be forgotten without a trace in either.
 */
@NullMarked
package io.souk.orders.order;

import org.jspecify.annotations.NullMarked;
