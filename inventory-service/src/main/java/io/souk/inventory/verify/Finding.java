package io.souk.inventory.verify;

import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

import java.util.UUID;

/**
 * Something that is not as it must be.
 *
 * @param id of the level, the reservation or the purchase
 * @param sku of a level or a purchase
 * @param recorded what stands there, where that is a number of units
 * @param proven what must stand there
 * @param detail in words
 */
@Schema(name = "Finding")
record Finding(
        Kind kind,
        UUID id,
        @Nullable String sku,
        @Nullable Long recorded,
        @Nullable Long proven,
        boolean repaired,
        String detail) {

    /** Names are public: they are in the API. */
    enum Kind {
        /** A level's on hand is not the sum of its movements. */
        ON_HAND,
        /** A level that is tracked by unit has another number of units, on hand or in its ledger, than are present. */
        UNITS,
        /** A level's reserved is not what live reservations hold of it. */
        RESERVED,
        /** The ledger has fewer units than live reservations hold: somebody must be disappointed, and decides whom. */
        OVERSOLD,
        /** A reservation has other units than it should: an ended one kept some, or a confirmed one has too few, or too many. */
        ASSIGNED_UNITS,
        /** A live reservation that holds nothing. */
        EMPTY_RESERVATION,
        /** Open long after its time: the sweep cannot end it, or does not run. */
        LATE_RESERVATION,
        /** Shipped, but the ledger does not have that its units left: somebody looks whether they did. */
        UNBOOKED_SHIPMENT,
        /** Other units were bought than the ledger has of that line of the receipt: somebody looks what came. */
        UNBOOKED_PURCHASE
    }

    Finding repairedNow() {
        return new Finding(kind, id, sku, recorded, proven, true, detail);
    }
}
