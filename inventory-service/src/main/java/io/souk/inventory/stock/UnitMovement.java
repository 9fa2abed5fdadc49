package io.souk.inventory.stock;

import io.souk.inventory.location.NamedLocation;

/**
 * By how many of its units a level moves, with one line in the ledger.
 *
 * @param line of the request, counted from 0
 * @param level locked, and tracked by unit
 * @param location the level's
 * @param quantity never 0
 * @param field where the request names them, as a JSON Pointer
 */
public record UnitMovement(
        int line, StockLevel level, NamedLocation location, MovementKind kind, long quantity, String field) {
    Entry entry() {
        return new Entry(
                line, StockKey.withoutLot(level.variant(), level.locationId()), location, kind, quantity, field, null);
    }
}
