package io.souk.inventory.stock;

import io.souk.kit.tenant.TransactionFailure;
import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What is free of some levels that a transaction has locked, while it serves one cart after the other. Nothing is written
 * before {@link HoldStock#write}, and then each level once, whatever was taken and given back. Not thread-safe.
 */
public final class FreeStock {
    /** Of how many lots and locations one line is held at most: so many rows are locked for it. */
    public static final int LEVELS_OF_A_LINE = 100;

    /** What has no lot keeps, and goes last. */
    private static final Comparator<@Nullable Lot> FIRST_EXPIRED_FIRST =
            Comparator.nullsLast(Comparator.comparing(Lot::expiresOn).thenComparing(Lot::code));

    private final Choice choice;
    private final Map<UUID, List<PlacedLevel>> byVariant;
    private final Map<UUID, Long> free = new HashMap<>();
    private final Map<UUID, Long> reserved = new LinkedHashMap<>();

    FreeStock(Choice choice, List<PlacedLevel> locked) {
        this.choice = choice;
        byVariant = locked.stream()
                .sorted(Comparator.comparingInt(PlacedLevel::position)
                        .thenComparing(one -> one.level().locationId())
                        .thenComparing(one -> one.level().lot(), FIRST_EXPIRED_FIRST))
                .collect(Collectors.groupingBy(one -> one.level().variantId()));
        locked.forEach(one -> free.put(one.level().id(), one.level().available()));
    }

    /**
     * Takes every line or nothing. Lines are served in their order. A line comes from the location that it names; else from
     * the first one that has all of it, so that it ships in one parcel; where none has, it is split over the locations in
     * their order. Of the lots at a location, those that expire first go first; what has expired is not there.
     *
     * @throws TransactionFailure.Overtaken if a line has too few only because others were faster: there may be more where
     *     nothing was locked, which the next choice will see
     */
    public Allocation take(List<Need> needs) {
        var holds = new ArrayList<Hold>();
        var shortages = new ArrayList<Shortage>();
        for (var need : needs) {
            var candidates = candidates(need);
            long available = free(candidates);
            if (available < need.quantity()) {
                var reason = reason(candidates);
                if (reason == Shortage.Reason.TOO_FEW && isOvertaken(need, available)) {
                    throw new TransactionFailure.Overtaken();
                }
                shortages.add(new Shortage(need.line(), need.sku(), need.quantity(), available, reason));
            } else {
                holds.addAll(take(need, candidates));
            }
        }
        if (shortages.isEmpty()) {
            return new Allocation.Held(List.copyOf(holds));
        }
        giveBack(holds);
        return new Allocation.Refused(List.copyOf(shortages));
    }

    /** Makes held units free; their levels must be among the locked ones. */
    public void giveBack(List<Hold> holds) {
        holds.forEach(hold -> move(hold.levelId(), -hold.quantity()));
    }

    /** Undoes {@link #giveBack}, before anybody took of it. */
    public void takeBack(List<Hold> holds) {
        holds.forEach(hold -> move(hold.levelId(), hold.quantity()));
    }

    /** What is to be written: nothing of a level that got back what was taken of it. */
    List<LevelChange> changes() {
        return reserved.entrySet().stream()
                .filter(level -> level.getValue() != 0)
                .map(level -> new LevelChange(level.getKey(), 0, level.getValue()))
                .toList();
    }

    /** Units of a lot that expired while they were held are not there again when they are given back. */
    private List<StockLevel> candidates(Need need) {
        return locked(need)
                .map(PlacedLevel::level)
                .filter(level -> !level.expired() && free(level) > 0)
                .limit(LEVELS_OF_A_LINE)
                .toList();
    }

    private Stream<PlacedLevel> locked(Need need) {
        @Nullable UUID only = need.locationId();
        return byVariant.getOrDefault(need.variantId(), List.of()).stream()
                .filter(one -> only == null || only.equals(one.level().locationId()));
    }

    /**
     * Whether the line could be served by what was free when its levels were chosen, or by more of them: alone, the lines of a
     * choice leave each other enough to choose from.
     */
    private boolean isOvertaken(Need need, long available) {
        return locked(need).filter(PlacedLevel::isChosen).count() >= choice.levelsFor(need)
                || locked(need).mapToLong(PlacedLevel::lost).reduce(available, Math::addExact) >= need.quantity();
    }

    /** Behind as many levels as a line may be held from there may be more: they were not looked at. */
    private static Shortage.Reason reason(List<StockLevel> candidates) {
        return candidates.size() < LEVELS_OF_A_LINE ? Shortage.Reason.TOO_FEW : Shortage.Reason.SCATTERED;
    }

    private List<Hold> take(Need need, List<StockLevel> candidates) {
        return candidates.stream()
                .collect(Collectors.groupingBy(StockLevel::locationId, LinkedHashMap::new, Collectors.toList()))
                .values()
                .stream()
                .filter(location -> free(location) >= need.quantity())
                .findFirst()
                .map(location -> split(need, location))
                .orElseGet(() -> split(need, candidates));
    }

    private List<Hold> split(Need need, List<StockLevel> candidates) {
        var parts = new ArrayList<Hold>();
        long missing = need.quantity();
        for (var level : candidates) {
            long part = Math.min(missing, free(level));
            if (part > 0) {
                parts.add(take(need, level, part));
                missing -= part;
            }
        }
        return parts;
    }

    private Hold take(Need need, StockLevel level, long quantity) {
        move(level.id(), quantity);
        return new Hold(
                need.line(),
                level.id(),
                level.locationId(),
                level.lotCode(),
                level.variantId(),
                need.sku(),
                quantity,
                level.byUnit());
    }

    private void move(UUID level, long quantity) {
        free.put(level, Math.subtractExact(Objects.requireNonNull(free.get(level), "a locked level"), quantity));
        reserved.merge(level, quantity, Math::addExact);
    }

    private long free(List<StockLevel> levels) {
        return levels.stream().mapToLong(this::free).reduce(0, Math::addExact);
    }

    private long free(StockLevel level) {
        return free.getOrDefault(level.id(), 0L);
    }
}
