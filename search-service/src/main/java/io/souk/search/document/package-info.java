/**
 * The documents that are searched for: one per published product, merged from the catalogue's product, price and availability.
 *
 * <p>Tables: {@code search_document}, {@code document_category}. In: {@code souk.catalog.product}, {@code souk.catalog.price},
 * {@code souk.catalog.availability}. Out: {@code souk.search.document}.
 *
 * <p>Promise: each part follows its topic by order, so repeated and late events change nothing; a document gets a new version,
 * and an event, exactly when what it says has changed; one batch costs a handful of statements however many events it has.
 */
@NullMarked
package io.souk.search.document;

import org.jspecify.annotations.NullMarked;
