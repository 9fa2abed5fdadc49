package io.souk.inventory.stock;

import org.jspecify.annotations.Nullable;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Levels of some keys, as this transaction has them locked. */
final class LockedLevels {
    private final Map<Place, StockLevel> levels;

    private LockedLevels(Map<Place, StockLevel> levels) {
        this.levels = levels;
    }

    static LockedLevels of(List<StockLevel> locked) {
        return new LockedLevels(locked.stream()
                .collect(Collectors.toMap(
                        level -> new Place(
                                level.variantId(), level.locationId(), Objects.requireNonNullElse(level.lotCode(), "")),
                        Function.identity())));
    }

    /** Null for a lot that is not there. */
    @Nullable
    StockLevel find(StockKey key) {
        return levels.get(new Place(key.variant().id(), key.locationId(), key.lot()));
    }

    /** One that is known to be there. */
    StockLevel of(StockKey key) {
        return Objects.requireNonNull(find(key), "a level that was just locked");
    }

    /** As they are after a change of some of them. */
    LockedLevels after(List<StockLevel> changed) {
        var all = new HashMap<>(levels);
        all.putAll(of(changed).levels);
        return new LockedLevels(all);
    }

    private record Place(UUID variantId, UUID locationId, String lot) {}
}
