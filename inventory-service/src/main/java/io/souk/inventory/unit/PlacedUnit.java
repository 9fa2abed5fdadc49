package io.souk.inventory.unit;

import io.souk.inventory.stock.StockLevel;

import java.util.UUID;

/** A new unit, and where it lies. */
record PlacedUnit(UUID id, UnitReceiptRequest.Valid wanted, StockLevel level) {
    UUID variantId() {
        return level.variantId();
    }

    String serialKey() {
        return SerialNumber.key(wanted.serialNumber());
    }
}
