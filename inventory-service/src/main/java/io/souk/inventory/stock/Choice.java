package io.souk.inventory.stock;

import org.jspecify.annotations.Nullable;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Collectors;

/** How many levels are locked, at most, for each place from which some lines may be served. */
record Choice(Map<Place, Integer> levels) {
    /** Beyond this a choice is no wider than it needs to be: a few great orders would lock all there is. */
    private static final int MOST_FOR_OTHERS = 20_000;

    Choice {
        levels = Map.copyOf(levels);
    }

    /** Where a line's units may lie; wherever they are, if no location is named. */
    record Place(UUID variantId, @Nullable UUID locationId) {
        static Place of(Need need) {
            return new Place(need.variantId(), need.locationId());
        }

        Place anywhere() {
            return new Place(variantId, null);
        }
    }

    /**
     * What some lines can empty.
     *
     * @param levels all of them together
     * @param least the one that empties the fewest
     */
    private record Demand(int levels, int least) {
        static final Demand NONE = new Demand(0, FreeStock.LEVELS_OF_A_LINE);

        static Demand of(Need need) {
            int most = (int) Math.min(need.quantity(), FreeStock.LEVELS_OF_A_LINE);
            return new Demand(most, most);
        }

        Demand plus(Demand other) {
            return new Demand(levels + other.levels, Math.min(least, other.least));
        }

        /** Whoever is served last finds as many to choose from as if it were alone. */
        int toChoose() {
            return levels - least + FreeStock.LEVELS_OF_A_LINE;
        }
    }

    /** For a line alone, what one line may be held from; each other one adds what it can empty before. */
    static Choice of(Collection<Need> needs, Breadth breadth) {
        var there = new HashMap<Place, Demand>();
        var everywhere = new HashMap<UUID, Demand>();
        for (var need : needs) {
            there.merge(Place.of(need), Demand.of(need), Demand::plus);
            everywhere.merge(need.variantId(), Demand.of(need), Demand::plus);
        }
        var needed = there.keySet().stream()
                .collect(Collectors.toMap(
                        place -> place,
                        place -> demand(place, there, everywhere).toChoose()));
        return new Choice(needed).times(breadth);
    }

    /** Of a location, those that name it and those that name none; of no location, all of the variant. */
    private static Demand demand(Place place, Map<Place, Demand> there, Map<UUID, Demand> everywhere) {
        return place.locationId() == null
                ? Objects.requireNonNull(everywhere.get(place.variantId()))
                : Objects.requireNonNull(there.get(place)).plus(there.getOrDefault(place.anywhere(), Demand.NONE));
    }

    private Choice times(Breadth breadth) {
        int all = levels.values().stream().mapToInt(Integer::intValue).sum();
        int times = Math.clamp(MOST_FOR_OTHERS / Math.max(1, all), 1, breadth.times());
        return new Choice(levels.entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, place -> place.getValue() * times)));
    }

    /** For a line that it was made for. */
    int levelsFor(Need need) {
        return Objects.requireNonNull(levels.get(Place.of(need)), "a place that was chosen for");
    }
}
