package io.souk.inventory.unit;

import io.souk.inventory.purchase.PurchaseTerms;
import io.souk.inventory.stock.AdjustmentReason;
import io.souk.inventory.stock.Paper;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

import java.util.Objects;

import static io.souk.kit.problem.KitProblem.INVALID;

/**
 * Where a unit stands now.
 *
 * @param reason why it is not there any more, for CANCELLED
 * @param reference the caller's own, such as a ticket
 * @param purchase of whom it was bought, for one that arrives
 */
@Schema(name = "UnitStatusChange", examples = """
    {"status": "CANCELLED", "reason": "DAMAGED", "reference": "ticket 815"}
    """)
record UnitStatusRequest(
        @Nullable UnitStatus status,
        @Nullable AdjustmentReason reason,
        @Nullable String reference,
        @Nullable PurchaseTerms purchase) {
    static final String PURCHASE = "/purchase";
    static final String NOT_BOUGHT = "is for a unit that becomes AVAILABLE once it arrives";

    record Valid(
            UnitStatus status,
            @Nullable AdjustmentReason reason,
            @Nullable String reference,
            @Nullable PurchaseTerms purchase) {}

    /** 422 naming each bad field. */
    Valid valid() {
        var problem = INVALID.because("The status breaks a rule");
        if (status == null) {
            problem.at("/status", "is missing");
        }
        if (status == UnitStatus.CANCELLED && reason == null) {
            problem.at("/reason", "is missing");
        }
        if (status != UnitStatus.CANCELLED && reason != null) {
            problem.at("/reason", "is for a unit that is CANCELLED");
        }
        if (reference != null && (reference.isBlank() || reference.length() > Paper.MAX_REFERENCE)) {
            problem.at("/reference", "must have 1 to " + Paper.MAX_REFERENCE + " characters");
        }
        if (purchase != null) {
            purchase.check(problem);
            if (status != UnitStatus.AVAILABLE) {
                problem.at(PURCHASE, NOT_BOUGHT);
            }
        }
        if (!problem.errors().isEmpty()) {
            throw problem;
        }
        return new Valid(Objects.requireNonNull(status), reason, reference, purchase);
    }
}
