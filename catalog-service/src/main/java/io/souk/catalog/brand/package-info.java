/**
 * Brands: the names under which products are made.
 *
 * <p>Table: {@code brand}. Publishes {@code souk.catalog.brand}; consumes nothing. A name belongs to one brand of a
 * tenant, whatever its case. A brand that something refers to is not deleted.
 */
@NullMarked
package io.souk.catalog.brand;

import org.jspecify.annotations.NullMarked;
