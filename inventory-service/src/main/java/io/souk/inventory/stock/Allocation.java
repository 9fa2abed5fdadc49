package io.souk.inventory.stock;

import java.util.List;
import java.util.Set;

/** Where a cart's units come from, or why there are too few. */
public sealed interface Allocation {
    /** Everything that was asked for. */
    record Held(List<Hold> holds) implements Allocation {}

    /**
     * Nothing is held; each line that is short is named.
     *
     * @param scattered of these, the ones for which so many levels had something that no more were asked: others may have more
     */
    record Refused(List<Shortage> lines, Set<Integer> scattered) implements Allocation {}
}
