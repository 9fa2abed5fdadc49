/** How long a checkout takes whose client waits for the outcome, what it costs the database, and how many there may be. */
@NullMarked
package io.souk.bench.checkout;

import org.jspecify.annotations.NullMarked;
