package io.souk.inventory.stock;

/**
 * A locked level with the place of its location in the order from which orders take.
 *
 * @param seen what was free of it when it was chosen, before it was locked; 0 for one that was not
 */
record PlacedLevel(StockLevel level, int position, long seen) {
    /** Whether it was locked for what is free of it, and not only to get something back. */
    boolean isChosen() {
        return seen > 0;
    }

    /** What others have taken of it until it was locked. */
    long lost() {
        return Math.max(0, seen - level.available());
    }
}
