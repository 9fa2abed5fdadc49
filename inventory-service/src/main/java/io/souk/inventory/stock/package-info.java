/**
 * How much of a variant is at a location, of each lot, and the ledger that explains it.
 *
 * <p>Tables: {@code stock_level}, {@code stock_movement}. Out: {@code souk.inventory.stock}, one event for each row changed.
 * Other features hold, give back and ship stock through {@link io.souk.inventory.stock.HoldStock}, {@link
 * io.souk.inventory.stock.GiveBackStock} and {@link io.souk.inventory.stock.ShipStock}, and book what they know one by one
 * through {@link io.souk.inventory.stock.BookUnits}, in their own transaction.
 *
 * <p>Promise: 0 &lt;= reserved &lt;= on hand, always; a level's on hand is the sum of its movements. Whoever changes levels
 * locks them first, ordered by variant, location and lot, so nobody dead-locks.
 */
@NullMarked
package io.souk.inventory.stock;

import org.jspecify.annotations.NullMarked;
