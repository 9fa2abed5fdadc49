/**
 * The shop's own name of what is sold, the same wherever a SKU comes in: what may be one, and when two are the same.
 *
 * <p>Owns no table and no topic; it knows no product. Services look SKUs up by the key in their own tables, so its rule is as
 * permanent as their rows.
 */
@NullMarked
package io.souk.kit.sku;

import org.jspecify.annotations.NullMarked;
