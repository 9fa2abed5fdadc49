/**
 * How long a committed change needs to each place where somebody reads it.
 *
 * <p>Promise: a change is committed at the moment at which PostgreSQL's answer to the commit passes by, before the service can
 * know of it; it has arrived when a client of ours sees it there. Both are seen from outside, by one clock.
 */
@NullMarked
package io.souk.bench.arrival;

import org.jspecify.annotations.NullMarked;
