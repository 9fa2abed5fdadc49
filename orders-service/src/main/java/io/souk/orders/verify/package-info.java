/**
 * Proves that orders, their payments and their carts agree, and gives back what should not have been kept.
 *
 * <p>Owns no table and no topic; reads those of orders, payments and carts, of one moment each. Promise: what is right
 * is never touched, and what is repaired is locked and goes the way that it should have gone.
 */
@NullMarked
package io.souk.orders.verify;

import org.jspecify.annotations.NullMarked;
