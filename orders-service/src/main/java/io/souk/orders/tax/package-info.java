/**
 * Taxes: what a shop adds to the prices of an order's lines, or says is in them.
 *
 * <p>Tables: {@code tax_table}, {@code tax_rate}. No topic: what was charged is told with the order.
 *
 * <p>Promise: there is one rule of rounding ({@link io.souk.orders.tax.Rounding}), each line is rounded once and for
 * itself, and the lines of an order add up to what is charged.
 */
@NullMarked
package io.souk.orders.tax;

import org.jspecify.annotations.NullMarked;
