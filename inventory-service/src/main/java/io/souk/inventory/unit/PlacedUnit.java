package io.souk.inventory.unit;

import io.souk.inventory.stock.StockLevel;
import io.souk.kit.money.Money;
import org.jspecify.annotations.Nullable;

import java.util.UUID;

/**
 * A new unit, and where it lies.
 *
 * @param cost null where nobody says it
 */
record PlacedUnit(
        UUID id,
        UnitReceiptRequest.Valid wanted,
        StockLevel level,
        @Nullable Money cost) {
    UUID variantId() {
        return level.variantId();
    }

    String serialKey() {
        return SerialNumber.key(wanted.serialNumber());
    }
}
