/**
 * Goods of which each is known: its serial number, its condition, what it cost and where it stands.
 *
 * <p>Tables: {@code unit}, and {@code variant_setting.by_unit}, which says of which variants. Out: {@code souk.inventory.unit}. What a unit
 * changes in stock goes through {@link io.souk.inventory.stock.BookUnits}; reservations choose their units through {@link
 * io.souk.inventory.unit.AssignUnits}, and let them leave through {@link io.souk.inventory.unit.ShipUnits}, in their own transaction.
 *
 * <p>Promise: what is on hand of a variant that is tracked by unit is the number of its units that are present, always; each
 * transition of a unit happens once, whoever races. Whoever changes a unit has locked its level.
 */
@NullMarked
package io.souk.inventory.unit;

import org.jspecify.annotations.NullMarked;
