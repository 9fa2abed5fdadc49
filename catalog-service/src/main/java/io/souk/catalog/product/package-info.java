/**
 * Products with their variants: what is described, how it is identified, and whether it may be seen.
 *
 * <p>Tables: {@code product}, {@code product_category}, {@code variant}, {@code gtin}. Publishes
 * {@code souk.catalog.product}; consumes nothing. A product is one aggregate: its row is locked before anything of it
 * changes, and any change of a variant raises its version. A change that changes nothing makes no version and no event.
 *
 * <p>Promise: a variant of which units are on hand, as far as the inventory has told, is never deleted; its product is archived instead.
 *
 * <p>Features that keep something per product implement {@link io.souk.catalog.product.ProductFollower}.
 */
@NullMarked
package io.souk.catalog.product;

import org.jspecify.annotations.NullMarked;
