/**
 * The way to the benchmarks of {@code deploy/bench}, which run in a JVM of their own. Owns nothing.
 *
 * <p>Promise: what stands behind {@code bench} on the command line reaches {@code io.souk.bench.Bench} as it is.
 */
@NullMarked
package io.souk.cli.bench;

import org.jspecify.annotations.NullMarked;
