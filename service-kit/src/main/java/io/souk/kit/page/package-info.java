/**
 * Lists: pages by key. A page is asked for by {@code limit} and {@code cursor} and answers
 * {@code {"items": [...], "next": "..."}} with {@code Link: rel="next"}; there is no offset and no total.
 *
 * <p>Owns no table and no topic. A cursor is the last row's sort key; it tells nothing that the row did not, and what
 * cannot be a cursor is refused with 400.
 */
@NullMarked
package io.souk.kit.page;

import org.jspecify.annotations.NullMarked;
