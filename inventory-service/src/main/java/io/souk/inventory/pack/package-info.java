/**
 * What is handled under one GTIN, an each or a case: so many units of a variant.
 *
 * <p>Tables: {@code pack}. Out: {@code souk.inventory.pack}. Other features turn what a request says into units through {@link
 * io.souk.inventory.pack.FindGoods}, in their own transaction.
 *
 * <p>Promise: a pack is a way to count, not stock; packs become units exactly or not at all. A GTIN is one pack in its tenant,
 * and once something was booked under it, it stays with its variant for as long as the catalogue has that.
 */
@NullMarked
package io.souk.inventory.pack;

import org.jspecify.annotations.NullMarked;
