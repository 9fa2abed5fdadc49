/**
 * Categories: the trees in which products are found.
 *
 * <p>Table: {@code category}. Publishes {@code souk.catalog.category}; consumes nothing. Siblings differ by name; a tree
 * has at most {@value io.souk.catalog.category.Category#MAX_DEPTH} levels and no cycle, because every change of a parent
 * takes one lock per tenant before it looks. A category with children or products is not deleted.
 */
@NullMarked
package io.souk.catalog.category;

import org.jspecify.annotations.NullMarked;
