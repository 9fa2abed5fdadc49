/**
 * What the catalogue says exists.
 *
 * <p>Tables: {@code known_product}, {@code variant}. In: {@code souk.catalog.product}. Out: nothing of its own; others of
 * this service hear of renamed SKUs through {@link io.souk.inventory.variant.RenamedVariants}.
 *
 * <p>Promise: each product's newest state is applied once, whatever is repeated or comes late.
 */
@NullMarked
package io.souk.inventory.variant;

import org.jspecify.annotations.NullMarked;
