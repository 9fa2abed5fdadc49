/**
 * The ways to Redis beside each other, in a handler that does nothing else: what {@code docs/adr/0010} rests on.
 */
@NullMarked
package io.souk.bench.redis;

import org.jspecify.annotations.NullMarked;
