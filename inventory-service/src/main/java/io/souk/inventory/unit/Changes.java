package io.souk.inventory.unit;

import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What several units' events say. */
final class Changes {
    private Changes() {}

    /** Of each of {@code after}, by id, what moved since {@code before}. */
    static List<UnitState> of(List<Unit> before, List<Unit> after) {
        var known = before.stream().collect(Collectors.toUnmodifiableMap(Unit::id, Function.identity()));
        return after.stream()
                .map(unit -> UnitState.changed(Objects.requireNonNull(known.get(unit.id())), unit))
                .toList();
    }
}
