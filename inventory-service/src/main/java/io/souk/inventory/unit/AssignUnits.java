package io.souk.inventory.unit;

import io.smallrye.mutiny.Uni;
import io.souk.inventory.stock.BookUnits;
import io.souk.inventory.stock.Hold;
import io.souk.inventory.unit.UnitRepository.Wanted;
import io.souk.kit.tenant.Tx;
import jakarta.enterprise.context.ApplicationScoped;
import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Objects;
import java.util.UUID;

/**
 * Says which units a reservation gets, in the transaction that changes it; whoever does has locked the reservation. Of goods that
 * are not tracked by unit nothing is asked, and nothing is done.
 */
@ApplicationScoped
public class AssignUnits {
    private static final List<String> CHANGED = List.of("status", "reservationId");

    private final BookUnits bookUnits;
    private final UnitRepository units;
    private final TellUnits tellUnits;

    AssignUnits(BookUnits bookUnits, UnitRepository units, TellUnits tellUnits) {
        this.bookUnits = bookUnits;
        this.units = units;
        this.tellUnits = tellUnits;
    }

    /**
     * What a reservation holds becomes certain units, the oldest first, once it is confirmed. Before that, they are only counted.
     *
     * @param cause the event that asks for it; null when it was a client
     */
    public Uni<Void> assign(Tx tx, UUID reservation, List<Hold> holds, @Nullable UUID cause) {
        var wanted = holds.stream()
                .filter(Hold::byUnit)
                .map(hold -> new Wanted(hold.line(), hold.levelId(), hold.quantity()))
                .toList();
        if (wanted.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        return bookUnits
                .lock(tx, wanted.stream().map(Wanted::levelId).distinct().toList())
                .chain(() -> units.assign(tx, reservation, wanted))
                .chain(assigned -> tell(tx, assigned, cause));
    }

    /**
     * What the books should have made of it: a confirmed reservation has the units that it holds, any other one has none. What is right
     * stays.
     *
     * @return whether it is so now: there may be too few that are free
     */
    public Uni<Boolean> settle(Tx tx, UUID reservation, List<Hold> holds, boolean confirmed) {
        var byUnit = holds.stream().filter(Hold::byUnit).toList();
        return bookUnits
                .lock(tx, byUnit.stream().map(Hold::levelId).distinct().toList())
                .chain(() -> units.listAssigned(tx, reservation))
                .chain(assigned -> {
                    var kept = new HashMap<HoldOf, List<Unit>>();
                    assigned.forEach(unit -> kept.computeIfAbsent(HoldOf.of(unit), _ -> new ArrayList<>())
                            .add(unit));
                    var surplus = new ArrayList<UUID>();
                    var missing = new ArrayList<Wanted>();
                    for (var hold : byUnit) {
                        long due = confirmed ? hold.quantity() : 0;
                        var has = kept.getOrDefault(HoldOf.of(hold), List.of());
                        has.stream().skip(due).map(Unit::id).forEach(surplus::add);
                        if (has.size() < due) {
                            missing.add(new Wanted(hold.line(), hold.levelId(), due - has.size()));
                        }
                    }
                    return settle(tx, reservation, surplus, missing);
                });
    }

    private Uni<Boolean> settle(Tx tx, UUID reservation, List<UUID> surplus, List<Wanted> missing) {
        return units.free(tx, surplus)
                .chain(freed -> tell(tx, freed, null))
                .chain(() -> units.assign(tx, reservation, missing))
                .call(added -> tell(tx, added, null))
                .map(added -> added.size()
                        == missing.stream().mapToLong(Wanted::units).sum());
    }

    private record HoldOf(int line, UUID levelId) {
        static HoldOf of(Hold hold) {
            return new HoldOf(hold.line(), hold.levelId());
        }

        static HoldOf of(Unit unit) {
            return new HoldOf(
                    Objects.requireNonNull(unit.hold(), "one that is assigned").line(), unit.levelId());
        }
    }

    /** What has not left is for sale again. */
    public Uni<Void> giveBack(Tx tx, UUID reservation, Collection<Hold> holds, @Nullable UUID cause) {
        var levels = holds.stream()
                .filter(Hold::byUnit)
                .map(Hold::levelId)
                .distinct()
                .toList();
        if (levels.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        return bookUnits
                .lock(tx, levels)
                .chain(() -> units.giveBack(tx, reservation))
                .chain(free -> tell(tx, free, cause));
    }

    private Uni<Void> tell(Tx tx, List<Unit> changed, @Nullable UUID cause) {
        return tellUnits.all(
                tx, changed.stream().map(unit -> UnitState.of(unit, CHANGED)).toList(), cause);
    }
}
