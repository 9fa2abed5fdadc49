/**
 * The article number under which goods are traded, whoever sells them: what is one, and when two are the same.
 *
 * <p>Owns no table and no topic; it knows neither products nor packs. Services keep the 14 digits in their own tables, so every
 * padded form finds the same row.
 */
@NullMarked
package io.souk.kit.gtin;

import org.jspecify.annotations.NullMarked;
