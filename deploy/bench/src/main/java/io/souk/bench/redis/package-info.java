/**
 * Redis by itself: the ways to it beside each other, in a handler that does nothing else (what {@code docs/adr/0010} rests
 * on), and connections for those who look into it.
 */
@NullMarked
package io.souk.bench.redis;

import org.jspecify.annotations.NullMarked;
