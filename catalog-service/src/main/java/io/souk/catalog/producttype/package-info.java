/**
 * Product types: which attributes a kind of goods has, as a JSON Schema (2020-12) that every write is checked against.
 *
 * <p>Table: {@code product_type}, for the tenants' own; five types ship as resources and are every tenant's without a
 * row. Publishes {@code souk.catalog.product-type} for the tenants' own; consumes nothing.
 *
 * <p>A schema comes from outside and runs here, so it is bounded in size, depth and work, refers only to itself, and its
 * patterns run on an engine of linear time.
 */
@NullMarked
package io.souk.catalog.producttype;

import org.jspecify.annotations.NullMarked;
