/**
 * Wishlists: what a customer would like to have, in lists of their own naming.
 *
 * <p>Tables: {@code wishlist}, {@code wishlist_item}. No topic: nobody but the customer has to know of them.
 *
 * <p>Promise: adding and removing commute and may be repeated, so that nothing is lost between two tabs; what is added is for
 * sale at that moment; a list is seen by its customer alone.
 */
@NullMarked
package io.souk.orders.wishlist;

import org.jspecify.annotations.NullMarked;
