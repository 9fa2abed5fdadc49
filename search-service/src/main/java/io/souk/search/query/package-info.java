/**
 * Finding products: what can be asked, and what is answered.
 *
 * <p>Owns no table. {@link io.souk.search.query.SearchQuery} says what is asked in our own words;
 * {@link io.souk.search.query.SearchEngine} answers it and is the only seam to an engine.
 *
 * <p>Promise: only published products of the caller's tenant; each at most once; counts of products, never of variants; a
 * page goes on after the last product of the one before. A product whose own place in the order has not moved comes on exactly
 * one of the pages, whatever else has changed in between and whichever replica answers: a place hangs on the product and the
 * query alone, by relevance too, as long as the tenant's own words give no other reading of a misspelt one.
 */
@NullMarked
package io.souk.search.query;

import org.jspecify.annotations.NullMarked;
