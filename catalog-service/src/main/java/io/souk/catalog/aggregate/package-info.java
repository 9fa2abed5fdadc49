/**
 * What the catalogue's small aggregates have in common: brands, categories and product types are each a row that is found,
 * locked, held, listed and softly deleted in the same way, and has a name that nobody else may have.
 *
 * <p>Owns no table, publishes and consumes nothing.
 */
@NullMarked
package io.souk.catalog.aggregate;

import org.jspecify.annotations.NullMarked;
