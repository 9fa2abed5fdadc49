/**
 * The inventory service: how much there is of what, where it lies, and who it is promised to.
 *
 * <p>Schema {@code inventory}. In: {@code souk.catalog.product}, {@code souk.orders.order}. Out: {@code
 * souk.inventory.location}, {@code souk.inventory.pack}, {@code souk.inventory.stock}, {@code souk.inventory.unit}, {@code
 * souk.inventory.reservation}.
 *
 * <p>Promise: never oversold. A unit is promised at most once, whatever races or crashes.
 */
@NullMarked
package io.souk.inventory;

import org.jspecify.annotations.NullMarked;
