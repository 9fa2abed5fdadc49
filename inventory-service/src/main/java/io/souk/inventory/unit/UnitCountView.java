package io.souk.inventory.unit;

import io.quarkus.runtime.annotations.RegisterForReflection;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.UUID;

/**
 * What a count found: how many were where they should be, the units that were missing and are CANCELLED now, and what was found
 * although it should not be there. Of that nothing is booked: receive it, transfer it or change its status.
 */
@RegisterForReflection
@Schema(name = "UnitCountResult")
record UnitCountView(UUID id, int present, List<UnitView> missing, List<Found> found) {

    /** {@code unitId}, {@code status} and {@code location} are of the unit that is known by the serial number, if one is. */
    @RegisterForReflection
    @Schema(name = "FoundUnit")
    record Found(
            String serialNumber,
            @Nullable UUID unitId,
            @Nullable UnitStatus status,
            @Nullable String location) {
        static Found of(String serialNumber, @Nullable Unit unit) {
            return unit == null
                    ? new Found(serialNumber, null, null, null)
                    : new Found(serialNumber, unit.id(), unit.status(), unit.location());
        }
    }
}
