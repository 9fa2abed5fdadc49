/**
 * What the catalogue says exists, and what the shop says of it.
 *
 * <p>Tables: {@code known_product} and {@code variant} hold nothing but what the catalogue told, {@code variant_setting} what was said
 * here. In: {@code souk.catalog.product}. Out: nothing of its own; others of this service hear of renamed SKUs through {@link
 * io.souk.inventory.variant.RenamedVariants}.
 *
 * <p>Promise: each product's newest state is applied once, whatever is repeated or comes late. The tables of events can be emptied and
 * filled anew from the log, and nothing that was said here is lost.
 */
@NullMarked
package io.souk.inventory.variant;

import org.jspecify.annotations.NullMarked;
