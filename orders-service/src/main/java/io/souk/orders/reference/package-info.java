/**
 * Whether what orders name of other services is still there, and what inventory holds for orders still has its order.
 *
 * <p>Owns no table and no topic; reads orders, asks the catalogue, and is told what inventory holds. Promise: what an order needs is looked for where
 * it lives now, and nothing is changed: whoever deleted it has to say what is to become of the order.
 */
@NullMarked
package io.souk.orders.reference;

import org.jspecify.annotations.NullMarked;
