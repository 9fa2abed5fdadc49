/**
 * Whether what orders name of other services is still there.
 *
 * <p>Owns no table and no topic; reads orders, and asks the catalogue. Promise: what an order needs is looked for where
 * it lives now, and nothing is changed: whoever deleted it has to say what is to become of the order.
 */
@NullMarked
package io.souk.orders.reference;

import org.jspecify.annotations.NullMarked;
