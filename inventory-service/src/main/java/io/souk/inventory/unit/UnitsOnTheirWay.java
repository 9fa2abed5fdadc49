package io.souk.inventory.unit;

import io.smallrye.mutiny.Uni;
import io.souk.inventory.location.LocationUse;
import io.souk.kit.tenant.Tx;
import jakarta.enterprise.context.ApplicationScoped;

import java.util.List;
import java.util.UUID;

/** Tells which units are to arrive at a location: those that are there, its levels count. */
@ApplicationScoped
class UnitsOnTheirWay implements LocationUse {
    private final UnitRepository units;

    UnitsOnTheirWay(UnitRepository units) {
        this.units = units;
    }

    @Override
    public Uni<List<String>> listAt(Tx tx, UUID location, int most) {
        return units.listIncoming(tx, location, most)
                .map(serials -> serials.stream()
                        .map(serial -> "unit %s is on its way there".formatted(serial))
                        .toList());
    }
}
