/**
 * What the catalogue asks for the lines of an order.
 *
 * <p>Owns no table and no topic. Promise: the price is the one in the catalogue's database at that moment, or there is none.
 */
@NullMarked
package io.souk.orders.price;

import org.jspecify.annotations.NullMarked;
