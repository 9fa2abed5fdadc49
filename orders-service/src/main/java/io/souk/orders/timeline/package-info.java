/**
 * The timeline of an order: what happened to it and why, as its states and its payment's calls were written down.
 *
 * <p>Owns no table and no topic. Promise: it is made of committed facts alone, and the same at every reading but for
 * what came after.
 */
@NullMarked
package io.souk.orders.timeline;

import org.jspecify.annotations.NullMarked;
