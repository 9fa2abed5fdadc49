package io.souk.inventory.unit;

import io.souk.kit.money.Money;
import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.time.LocalDate;
import java.util.UUID;

/**
 * One unit of a variant.
 *
 * @param levelId where it lies, is waited for, or lay last
 * @param location the location's code
 * @param consigned whether it is somebody else's, who has it sold here
 * @param cost what was paid for it; null where nobody said it
 * @param hold to whom it is promised or went; null for nobody
 */
record Unit(
        UUID id,
        UUID variantId,
        UUID productId,
        String sku,
        UUID levelId,
        UUID locationId,
        String location,
        String serialNumber,
        UnitCondition condition,
        boolean consigned,
        @Nullable Money cost,
        LocalDate acquiredOn,
        UnitStatus status,
        @Nullable HoldKey hold,
        long version,
        Instant createdAt,
        Instant updatedAt) {

    /** A line of a reservation that holds units of the level. */
    record HoldKey(UUID reservationId, int line) {}

    Unit {
        if (status.isSomebodys() != (hold != null)) {
            throw new IllegalArgumentException(status + " of " + hold);
        }
        if (status.isFree() && consigned != (status == UnitStatus.CONSIGNED)) {
            throw new IllegalArgumentException(status + (consigned ? " and" : " and not") + " consigned");
        }
    }

    /** As it is once it stands there: who is nobody's any more forgets whose it was. */
    Unit in(UnitStatus next) {
        return new Unit(
                id,
                variantId,
                productId,
                sku,
                levelId,
                locationId,
                location,
                serialNumber,
                condition,
                next.isFree() ? next == UnitStatus.CONSIGNED : consigned,
                cost,
                acquiredOn,
                next,
                next.isSomebodys() ? hold : null,
                version,
                createdAt,
                updatedAt);
    }

    Unit costing(@Nullable Money paid) {
        return described(new UnitRequest.Valid(serialNumber, condition, paid, acquiredOn));
    }

    /** As it is once it is described so. */
    Unit described(UnitRequest.Valid details) {
        return new Unit(
                id,
                variantId,
                productId,
                sku,
                levelId,
                locationId,
                location,
                details.serialNumber(),
                details.condition(),
                consigned,
                details.cost(),
                details.acquiredOn(),
                status,
                hold,
                version,
                createdAt,
                updatedAt);
    }
}
