/**
 * What the shop's things are called and how they are grouped: the category tree, brand names and product types.
 *
 * <p>Tables: {@code category}, {@code brand}, {@code product_type}, {@code taxonomy} (a revision per tenant, raised by each
 * change that a query has to see). In: {@code souk.catalog.category}, {@code souk.catalog.brand},
 * {@code souk.catalog.product-type}.
 *
 * <p>Promise: rows follow their topics by order; a new name reaches every document that carries the old one, also after a
 * crash in between; a query sees a tree that is at most a second older than the table.
 */
@NullMarked
package io.souk.search.taxonomy;

import org.jspecify.annotations.NullMarked;
