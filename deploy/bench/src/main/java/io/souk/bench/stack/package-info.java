/** A stack of a benchmark's own. */
@NullMarked
package io.souk.bench.stack;

import org.jspecify.annotations.NullMarked;
