/**
 * What customers hold by themselves at the inventory, as far as an order may take its place.
 *
 * <p>Owns no table and no topic. Promise: nobody's order takes the place of what is not theirs.
 */
@NullMarked
package io.souk.orders.hold;

import org.jspecify.annotations.NullMarked;
