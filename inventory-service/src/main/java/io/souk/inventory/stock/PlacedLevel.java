package io.souk.inventory.stock;

/** A locked level with the place of its location in the order from which orders take. */
record PlacedLevel(StockLevel level, int position) {}
