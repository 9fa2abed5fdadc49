package io.souk.inventory.stock;

/**
 * By how much a line changes what is on hand of a level.
 *
 * @param field where the request says how much, as a JSON Pointer
 * @param quantity never 0
 */
record Entry(int line, StockKey key, String location, MovementKind kind, long quantity, String field) {}
