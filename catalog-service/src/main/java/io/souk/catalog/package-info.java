/**
 * The catalogue: what there is to sell.
 *
 * <p>This package holds what all features share: the aggregates that the service publishes and the ways it refuses. It
 * depends on none of them.
 */
@NullMarked
package io.souk.catalog;

import org.jspecify.annotations.NullMarked;
