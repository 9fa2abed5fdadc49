/** How soon changes arrive under a load that does not wait, and how much load that may be. */
@NullMarked
package io.souk.bench.latency;

import org.jspecify.annotations.NullMarked;
