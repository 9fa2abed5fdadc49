package io.souk.inventory.unit;

import io.smallrye.mutiny.Uni;
import io.souk.inventory.Topics;
import io.souk.kit.event.AggregateType;
import io.souk.kit.event.Change;
import io.souk.kit.retelling.RetoldRows;
import io.souk.kit.tenant.Tx;
import jakarta.enterprise.context.ApplicationScoped;

import java.util.Collection;
import java.util.List;
import java.util.UUID;

/** Units, told once more. */
@ApplicationScoped
class UnitRows implements RetoldRows {
    private final UnitRepository units;

    UnitRows(UnitRepository units) {
        this.units = units;
    }

    @Override
    public AggregateType aggregate() {
        return Topics.UNIT;
    }

    @Override
    public String table() {
        return "unit";
    }

    /** The rows themselves are locked, in the order of their ids: who changes them holds their levels, and cannot wait for these. */
    @Override
    public Uni<List<Change>> lockAndTell(Tx tx, Collection<UUID> ids) {
        return units.lockById(tx, ids)
                .map(found -> found.stream().map(UnitRows::change).toList());
    }

    private static Change change(Unit unit) {
        return Change.changed(Topics.UNIT, unit.id(), unit.version(), UnitState.unchanged(unit));
    }
}
