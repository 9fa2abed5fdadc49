/**
 * Servers to compare with: a Vert.x handler that reads its answer from Redis in one round trip and writes it as it is. In
 * processes of their own, with the JVM options of what they are compared with.
 */
@NullMarked
package io.souk.bench.bare;

import org.jspecify.annotations.NullMarked;
