package io.souk.inventory.stock;

/**
 * By how many of its units a level moves, with one line in the ledger.
 *
 * @param line of the request, counted from 0
 * @param level locked, and tracked by unit
 * @param quantity never 0
 * @param field where the request names them, as a JSON Pointer
 */
public record UnitMovement(int line, StockLevel level, MovementKind kind, long quantity, String field) {
    Entry entry() {
        return new Entry(
                line,
                StockKey.withoutLot(level.variant(), level.locationId()),
                level.locationId().toString(),
                kind,
                quantity,
                field,
                null);
    }
}
