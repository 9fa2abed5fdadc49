package io.souk.inventory.unit;

import io.smallrye.mutiny.Uni;
import io.souk.kit.tenant.Tx;
import jakarta.enterprise.context.ApplicationScoped;

import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.UUID;

/** Says which units went to a reservation. */
@ApplicationScoped
public class TakenUnits {
    /** More are read page by page, as units of the reservation. */
    private static final int AT_MOST = 100;

    private static final UUID BEFORE_ALL = new UUID(0, 0);

    private final UnitRepository units;

    TakenUnits(UnitRepository units) {
        this.units = units;
    }

    /** Those that are promised to it, or went to it, by line; a hundred at most, and none before it is confirmed. */
    public Uni<List<TakenUnit>> of(Tx tx, UUID reservation) {
        return units.listOfReservation(tx, reservation, null, BEFORE_ALL, AT_MOST)
                .map(found -> found.stream()
                        .map(TakenUnits::taken)
                        .sorted(Comparator.comparingInt(TakenUnit::line))
                        .toList());
    }

    private static TakenUnit taken(Unit unit) {
        return new TakenUnit(Objects.requireNonNull(unit.hold()).line(), unit.serialNumber());
    }
}
