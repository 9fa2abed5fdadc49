package io.souk.inventory.stock;

import java.util.List;

/** Where a cart's units come from, or why there are too few. */
public sealed interface Allocation {
    /** Everything that was asked for. */
    record Held(List<Hold> holds) implements Allocation {}

    /** Nothing is held; each line that is short is named. */
    record Refused(List<Shortage> lines) implements Allocation {}
}
