/**
 * How long {@code ./souk up --detach} takes, and what the idle stack holds.
 *
 * <p>Measured from outside, as a user sees it: the script itself, on built artifacts, with no data.
 */
@NullMarked
package io.souk.bench.startup;

import org.jspecify.annotations.NullMarked;
