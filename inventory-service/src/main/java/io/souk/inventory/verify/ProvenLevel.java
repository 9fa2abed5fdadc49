package io.souk.inventory.verify;

import io.souk.inventory.verify.Finding.Kind;
import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * A level beside what proves it, as of one moment.
 *
 * @param moved the sum of its movements
 * @param held the sum of what live reservations hold
 * @param units how many of its units are present; null where they are only counted
 */
record ProvenLevel(
        UUID id,
        String sku,
        long onHand,
        long reserved,
        long moved,
        long held,
        @Nullable Long units) {
    /** Who can look at each unit believes that; else the ledger. */
    long there() {
        return units == null ? moved : units;
    }

    boolean isRight() {
        return onHand == there() && moved == there() && reserved == held;
    }

    /** Whether what is proven can stand: a level is not negative, and never promises more than there is. */
    boolean canBeRepaired() {
        return held <= there();
    }

    List<Finding> findings() {
        var findings = new ArrayList<Finding>();
        if (units == null && onHand != moved) {
            findings.add(finding(
                    Kind.ON_HAND, onHand, moved, "%d units on hand, but the ledger has %d".formatted(onHand, moved)));
        }
        if (units != null && (onHand != units || moved != units)) {
            findings.add(finding(
                    Kind.UNITS,
                    onHand,
                    units,
                    "%d units on hand and %d in the ledger, but %d are present".formatted(onHand, moved, units)));
        }
        if (reserved != held) {
            findings.add(finding(
                    Kind.RESERVED,
                    reserved,
                    held,
                    "%d units reserved, but live reservations hold %d".formatted(reserved, held)));
        }
        if (!canBeRepaired()) {
            findings.add(finding(
                    Kind.OVERSOLD,
                    held,
                    there(),
                    "reservations hold %d units, but %s %d: release or count first"
                            .formatted(held, units == null ? "the ledger has" : "present are", there())));
        }
        return findings;
    }

    private Finding finding(Kind kind, long recorded, long proven, String detail) {
        return new Finding(kind, id, sku, recorded, proven, false, detail);
    }
}
