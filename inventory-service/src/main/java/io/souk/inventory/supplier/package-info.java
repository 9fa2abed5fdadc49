/**
 * From whom goods are bought.
 *
 * <p>Tables: {@code supplier}. Out: nothing: what is known of a supplier is between it and the shop, and its contact is a person.
 * Other features hold a supplier through {@link io.souk.inventory.supplier.FindSuppliers}, in their own transaction.
 *
 * <p>Promise: a supplier that anything was bought of stays readable; who is archived is bought of no more.
 */
@NullMarked
package io.souk.inventory.supplier;

import org.jspecify.annotations.NullMarked;
