package io.souk.inventory.stock;

import java.util.List;
import java.util.stream.Collectors;

/** Holds as changes of levels: each level once. */
final class Promises {
    private Promises() {}

    /** {@code sign} 1 sets aside, -1 gives back. */
    static List<LevelChange> of(List<Hold> holds, int sign) {
        return holds.stream()
                .collect(Collectors.groupingBy(Hold::levelId, Collectors.reducing(0L, Hold::quantity, Math::addExact)))
                .entrySet()
                .stream()
                .map(level -> new LevelChange(level.getKey(), 0, sign * level.getValue()))
                .toList();
    }
}
