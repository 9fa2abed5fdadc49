/**
 * What makes a value from outside acceptable: text, JSON documents, and the list of faults that a caller is told at once.
 *
 * <p>Owns no table. The same checks serve a request, where faults become one 422, and an import, where they become the
 * reasons of a refused row. Text is taken as it is or refused, never trimmed or changed, so that emoji and right-to-left
 * text survive byte for byte.
 */
@NullMarked
package io.souk.catalog.input;

import org.jspecify.annotations.NullMarked;
