package io.souk.inventory.stock;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;

/** Where an order's units come from, or why there are too few. */
public sealed interface Allocation {
    /** Everything that was asked for. */
    record Held(List<Hold> holds) implements Allocation {}

    /** Nothing is held; each line that is short is named. */
    record Refused(List<Shortage> lines) implements Allocation {}

    /**
     * Serves the lines in their order. A line comes from the first location that has all of it, so that it ships in one
     * parcel; where none has, it is split over the locations in their order.
     */
    static Allocation of(List<Need> needs, List<PlacedLevel> levels) {
        var free = new Free(levels);
        var holds = new ArrayList<Hold>();
        var shortages = new ArrayList<Shortage>();
        for (var need : needs) {
            long available = free.of(need.variantId());
            if (available < need.quantity()) {
                shortages.add(new Shortage(need.line(), need.sku(), need.quantity(), available));
            } else {
                holds.addAll(free.take(need));
            }
        }
        return shortages.isEmpty() ? new Held(List.copyOf(holds)) : new Refused(List.copyOf(shortages));
    }

    /** What is still free while the lines are served. */
    final class Free {
        private final Map<UUID, List<StockLevel>> levels;
        private final Map<UUID, Long> units = new HashMap<>();

        private Free(List<PlacedLevel> placed) {
            levels = placed.stream()
                    .sorted(Comparator.comparingInt(PlacedLevel::position)
                            .thenComparing(one -> one.level().locationId()))
                    .map(PlacedLevel::level)
                    .collect(Collectors.groupingBy(StockLevel::variantId));
            placed.forEach(one -> units.put(one.level().id(), one.level().available()));
        }

        private long of(UUID variant) {
            return levels.getOrDefault(variant, List.of()).stream()
                    .mapToLong(this::left)
                    .reduce(0, Math::addExact);
        }

        private List<Hold> take(Need need) {
            var candidates = levels.getOrDefault(need.variantId(), List.of());
            return candidates.stream()
                    .filter(level -> left(level) >= need.quantity())
                    .findFirst()
                    .map(level -> List.of(take(need, level, need.quantity())))
                    .orElseGet(() -> split(need, candidates));
        }

        private List<Hold> split(Need need, List<StockLevel> candidates) {
            var parts = new ArrayList<Hold>();
            long missing = need.quantity();
            for (var level : candidates) {
                long part = Math.min(missing, left(level));
                if (part > 0) {
                    parts.add(take(need, level, part));
                    missing -= part;
                }
            }
            return parts;
        }

        private Hold take(Need need, StockLevel level, long quantity) {
            units.merge(level.id(), -quantity, Long::sum);
            return new Hold(need.line(), level.id(), level.locationId(), level.variantId(), need.sku(), quantity);
        }

        private long left(StockLevel level) {
            return units.getOrDefault(level.id(), 0L);
        }
    }
}
