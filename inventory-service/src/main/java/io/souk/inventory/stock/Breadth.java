package io.souk.inventory.stock;

import java.util.Optional;

/**
 * How much wider than what some lines need their levels are chosen. Transactions that run at the same time choose the same
 * levels first; whoever comes to the locks behind the others finds what these have left.
 */
public enum Breadth {
    /** What serves them if nobody else is there. */
    USUAL(1),
    /** So much that some is left behind three others of the same size. */
    WIDE(4),
    /** Behind fifteen. */
    WIDEST(16);

    private final int times;

    Breadth(int times) {
        this.times = times;
    }

    int times() {
        return times;
    }

    /** For the next try; empty for the last one. */
    public Optional<Breadth> wider() {
        return switch (this) {
            case USUAL -> Optional.of(WIDE);
            case WIDE -> Optional.of(WIDEST);
            case WIDEST -> Optional.empty();
        };
    }
}
