package io.souk.inventory.stock;

import java.util.List;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.stream.Collectors;

/** Holds as changes of levels: each level once. */
final class Promises {
    private Promises() {}

    /** What was set aside is free again. */
    static List<LevelChange> givenBack(List<Hold> holds) {
        return each(holds, (level, units) -> new LevelChange(level, 0, -units));
    }

    /** What was set aside is there no longer. */
    static List<LevelChange> shipped(List<Hold> holds) {
        return each(holds, (level, units) -> new LevelChange(level, -units, -units));
    }

    /** What was free is there no longer. */
    static List<LevelChange> shippedFree(List<Hold> taken) {
        return each(taken, (level, units) -> new LevelChange(level, -units, 0));
    }

    private static List<LevelChange> each(List<Hold> holds, BiFunction<UUID, Long, LevelChange> change) {
        return holds.stream()
                .collect(Collectors.groupingBy(Hold::levelId, Collectors.reducing(0L, Hold::quantity, Math::addExact)))
                .entrySet()
                .stream()
                .map(level -> change.apply(level.getKey(), level.getValue()))
                .toList();
    }
}
