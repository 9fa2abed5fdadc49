/** A tenant with products of its own making, for the benchmarks that change them. */
@NullMarked
package io.souk.bench.shop;

import org.jspecify.annotations.NullMarked;
