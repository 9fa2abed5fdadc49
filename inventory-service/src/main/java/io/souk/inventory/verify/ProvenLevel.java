package io.souk.inventory.verify;

import io.souk.inventory.verify.Finding.Kind;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * A level beside what proves it, as of one moment.
 *
 * @param moved the sum of its movements
 * @param held the sum of what live reservations hold
 */
record ProvenLevel(UUID id, String sku, long onHand, long reserved, long moved, long held) {
    boolean isRight() {
        return onHand == moved && reserved == held;
    }

    /** Whether what is proven can stand: a level is not negative, and never promises more than there is. */
    boolean canBeRepaired() {
        return held <= moved;
    }

    List<Finding> findings() {
        var findings = new ArrayList<Finding>();
        if (onHand != moved) {
            findings.add(finding(
                    Kind.ON_HAND, onHand, moved, "%d units on hand, but the ledger has %d".formatted(onHand, moved)));
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
                    moved,
                    "reservations hold %d units, but the ledger has %d: release or count first"
                            .formatted(held, moved)));
        }
        return findings;
    }

    private Finding finding(Kind kind, long recorded, long proven, String detail) {
        return new Finding(kind, id, sku, recorded, proven, false, detail);
    }
}
