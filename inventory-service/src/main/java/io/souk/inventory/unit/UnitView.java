package io.souk.inventory.unit;

import io.quarkus.runtime.annotations.RegisterForReflection;
import io.souk.kit.money.Money;
import io.souk.kit.token.Caller;
import io.souk.kit.token.Roles;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Set;
import java.util.UUID;

/**
 * {@code cost} is null where nobody said it, and for whoever may only read. {@code reservationId} is that of whoever it is
 * promised to, or was sold to.
 */
@RegisterForReflection
@Schema(name = "Unit")
record UnitView(
        UUID id,
        UUID variantId,
        String sku,
        String location,
        String serialNumber,
        UnitCondition condition,
        @Nullable Money cost,
        LocalDate acquiredOn,
        UnitStatus status,
        boolean consigned,
        @Nullable UUID reservationId,
        long version,
        Instant createdAt,
        Instant updatedAt) {
    private static final Set<String> SEE_COST = Set.of(Roles.ADMIN, Roles.SERVICE);

    /** As the caller may see it. */
    static UnitView of(Caller caller, Unit unit) {
        return of(unit, SEE_COST.stream().anyMatch(caller::has) ? unit.cost() : null);
    }

    /** For who may book. */
    static UnitView of(Unit unit) {
        return of(unit, unit.cost());
    }

    private static UnitView of(Unit unit, @Nullable Money cost) {
        return new UnitView(
                unit.id(),
                unit.variantId(),
                unit.sku(),
                unit.location(),
                unit.serialNumber(),
                unit.condition(),
                cost,
                unit.acquiredOn(),
                unit.status(),
                unit.consigned(),
                unit.hold() == null ? null : unit.hold().reservationId(),
                unit.version(),
                unit.createdAt(),
                unit.updatedAt());
    }
}
