package io.souk.inventory.unit;

import io.quarkus.runtime.annotations.RegisterForReflection;
import io.souk.kit.event.MovedMembers;
import org.jspecify.annotations.Nullable;

import java.time.LocalDate;
import java.util.List;
import java.util.UUID;

/** A unit as its events tell it: what it cost is nobody else's matter. */
@RegisterForReflection
public record UnitState(
        UUID id,
        long version,
        UUID variantId,
        UUID locationId,
        String serialNumber,
        UnitCondition condition,
        LocalDate acquiredOn,
        UnitStatus status,
        boolean consigned,
        @Nullable UUID reservationId,
        List<String> changed) {
    private static final List<String> ALL =
            List.of("variantId", "locationId", "serialNumber", "condition", "acquiredOn", "status", "consigned");

    static UnitState created(Unit unit) {
        return of(unit, ALL);
    }

    /** What moved; nothing where only what is not told did. */
    static UnitState changed(Unit before, Unit after) {
        return of(
                after,
                new MovedMembers()
                        .compare("locationId", before.locationId(), after.locationId())
                        .compare("serialNumber", before.serialNumber(), after.serialNumber())
                        .compare("condition", before.condition(), after.condition())
                        .compare("acquiredOn", before.acquiredOn(), after.acquiredOn())
                        .compare("status", before.status(), after.status())
                        .compare("consigned", before.consigned(), after.consigned())
                        .compare("reservationId", reservation(before), reservation(after))
                        .names());
    }

    /** Of a version that is told once more. */
    static UnitState unchanged(Unit unit) {
        return of(unit, List.of());
    }

    static UnitState of(Unit unit, List<String> changed) {
        return new UnitState(
                unit.id(),
                unit.version(),
                unit.variantId(),
                unit.locationId(),
                unit.serialNumber(),
                unit.condition(),
                unit.acquiredOn(),
                unit.status(),
                unit.consigned(),
                reservation(unit),
                changed);
    }

    private static @Nullable UUID reservation(Unit unit) {
        return unit.hold() == null ? null : unit.hold().reservationId();
    }
}
