/**
 * The product card: product, prices and availability in one answer, which is what everyone but an editor reads.
 *
 * <p>Owns no table and no topic. Three cached views with the product as key are read in one Redis round trip and put
 * beside each other as bytes. Whoever sends {@code Cache-Control: no-cache} is answered from the tables, behind the same
 * bulkhead as every miss; so is staff where nothing is public, which is how drafts are read.
 */
@NullMarked
package io.souk.catalog.card;

import org.jspecify.annotations.NullMarked;
