package io.souk.inventory.unit;

import io.smallrye.mutiny.Uni;
import io.souk.inventory.stock.BookUnits;
import io.souk.inventory.stock.Hold;
import io.souk.kit.tenant.Tx;
import jakarta.enterprise.context.ApplicationScoped;
import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.UUID;

/** Lets a reservation's units leave and arrive, in the transaction that changes it; whoever does has locked the reservation. */
@ApplicationScoped
public class ShipUnits {
    private static final List<String> STATUS = List.of("status");

    private final AssignUnits assignUnits;
    private final BookUnits bookUnits;
    private final UnitRepository units;
    private final TellUnits tellUnits;

    ShipUnits(AssignUnits assignUnits, BookUnits bookUnits, UnitRepository units, TellUnits tellUnits) {
        this.assignUnits = assignUnits;
        this.bookUnits = bookUnits;
        this.units = units;
        this.tellUnits = tellUnits;
    }

    /**
     * Its units are on their way. Their levels have moved: the database compares. What left before anybody had chosen its units takes
     * the oldest that are free.
     *
     * @param cause the event that asks for it; null when it was a client
     */
    public Uni<Void> shipped(Tx tx, UUID reservation, List<Hold> holds, @Nullable UUID cause) {
        return holds.stream().noneMatch(Hold::byUnit)
                ? Uni.createFrom().voidItem()
                : assignUnits
                        .settle(tx, reservation, holds, true)
                        .chain(() -> units.ship(tx, reservation))
                        .chain(left -> tell(tx, left, cause));
    }

    /** Those that are on their way have arrived; the others stay as they are. */
    public Uni<Void> delivered(Tx tx, UUID reservation, List<Hold> holds, @Nullable UUID cause) {
        var levels = holds.stream()
                .filter(Hold::byUnit)
                .map(Hold::levelId)
                .distinct()
                .toList();
        return levels.isEmpty()
                ? Uni.createFrom().voidItem()
                : bookUnits
                        .lock(tx, levels)
                        .chain(() -> units.deliver(tx, reservation))
                        .chain(arrived -> tell(tx, arrived, cause));
    }

    private Uni<Void> tell(Tx tx, List<Unit> changed, @Nullable UUID cause) {
        return tellUnits.all(
                tx, changed.stream().map(unit -> UnitState.of(unit, STATUS)).toList(), cause);
    }
}
