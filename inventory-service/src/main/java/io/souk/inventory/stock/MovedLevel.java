package io.souk.inventory.stock;

/**
 * A level that has a version more.
 *
 * @param before as it was told last; of version 0 if it never was
 * @param after as it is told now
 */
record MovedLevel(StockLevel before, StockLevel after) {}
