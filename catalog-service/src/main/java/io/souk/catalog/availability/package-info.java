/**
 * Availability: how much of each variant can be had, over all locations.
 *
 * <p>Tables: {@code stock} (the inventory's levels as last heard), {@code availability}, {@code low_stock} (from how many units
 * down a variant is low, where that is not the tenant's number) and {@code low_stock_recount}. Consumes {@code
 * souk.inventory.stock}; publishes {@code souk.catalog.availability}, one event per product.
 *
 * <p>Foreign stock is applied by order, so it may come twice, late or for a variant that the catalogue does not know: it is
 * kept all the same, and counts once a product has the variant. What changes no number makes no version.
 */
@NullMarked
package io.souk.catalog.availability;

import org.jspecify.annotations.NullMarked;
