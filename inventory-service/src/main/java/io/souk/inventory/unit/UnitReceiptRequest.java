package io.souk.inventory.unit;

import io.souk.inventory.location.LocationCode;
import io.souk.inventory.purchase.PurchaseTerms;
import io.souk.inventory.stock.Paper;
import io.souk.inventory.variant.VariantName;
import io.souk.kit.money.Money;
import io.souk.kit.problem.Problem;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;

import static io.souk.kit.problem.KitProblem.INVALID;

/**
 * Units that arrived, or are on their way here.
 *
 * @param reference the caller's own, such as a delivery note
 * @param purchase of whom they were bought; null for units that nobody sold to the shop, or not now
 */
@Schema(name = "UnitReceipt", examples = """
    {"units": [{"sku": "DD1391-100-EU42", "serialNumber": "PSA-48113967", "condition": "NEW",
                "cost": {"amount": 21500, "currency": "USD"}, "acquiredOn": "2026-11-02"},
               {"sku": "DD1391-100-EU42", "serialNumber": "PSA-48113968", "condition": "USED_GOOD", "status": "CONSIGNED"}],
     "reference": "DN-2026-0118"}
    """)
record UnitReceiptRequest(
        @Nullable List<@Nullable NewUnit> units,
        @Nullable String reference,
        @Nullable PurchaseTerms purchase) {
    static final int MAX_UNITS = 500;

    /**
     * One of the variant with this {@code sku} or {@code variantId}; without a {@code location}, at the main one; AVAILABLE unless
     * its {@code status} says INCOMING or CONSIGNED; acquired today, UTC, unless it says when. What is bought costs what its order
     * says unless it says its {@code cost}.
     */
    @Schema(name = "NewUnit")
    record NewUnit(
            @Nullable String sku,
            @Nullable UUID variantId,
            @Nullable String serialNumber,
            @Nullable UnitCondition condition,
            @Nullable Money cost,
            @Nullable String location,
            @Nullable UnitStatus status,
            @Nullable LocalDate acquiredOn) {

        private void check(String pointer, Problem problem) {
            VariantName.check(sku, variantId, pointer, problem);
            SerialNumber.check(serialNumber, pointer + "/serialNumber", problem);
            if (condition == null) {
                problem.at(pointer + "/condition", "is missing");
            }
            if (status != null && status != UnitStatus.INCOMING && !status.isFree()) {
                problem.at(pointer + "/status", "must be INCOMING, AVAILABLE or CONSIGNED");
            }
            Acquired.check(acquiredOn, pointer + "/acquiredOn", problem);
        }

        private Valid valid(int place) {
            return new Valid(
                    place,
                    VariantName.of(sku, variantId),
                    Objects.requireNonNull(serialNumber),
                    Objects.requireNonNull(condition),
                    cost,
                    location == null ? LocationCode.MAIN : location,
                    status == null ? UnitStatus.AVAILABLE : status,
                    acquiredOn);
        }
    }

    /**
     * One that is known to be good.
     *
     * @param place counted from 0, as in the request
     * @param acquiredOn null for today
     */
    record Valid(
            int place,
            VariantName variant,
            String serialNumber,
            UnitCondition condition,
            @Nullable Money cost,
            String location,
            UnitStatus status,
            @Nullable LocalDate acquiredOn) {
        String pointer() {
            return "/units/" + place;
        }
    }

    /** 422 naming each bad field. */
    List<Valid> valid() {
        var problem = INVALID.because("The receipt breaks a rule");
        if (reference != null && (reference.isBlank() || reference.length() > Paper.MAX_REFERENCE)) {
            problem.at("/reference", "must have 1 to " + Paper.MAX_REFERENCE + " characters");
        }
        if (purchase != null) {
            purchase.check(problem);
        }
        if (units == null || units.isEmpty() || units.size() > MAX_UNITS) {
            throw problem.at("/units", "must have 1 to " + MAX_UNITS + " units");
        }
        var valid = new ArrayList<Valid>(units.size());
        for (int i = 0; i < units.size(); i++) {
            @Nullable NewUnit unit = units.get(i);
            if (unit == null) {
                problem.at("/units/" + i, "must not be null");
            } else {
                unit.check("/units/" + i, problem);
                checkBought(unit, "/units/" + i, problem);
                if (problem.errors().isEmpty()) {
                    valid.add(unit.valid(i));
                }
            }
        }
        if (!problem.errors().isEmpty()) {
            throw problem;
        }
        return valid;
    }

    private void checkBought(NewUnit unit, String pointer, Problem problem) {
        if (purchase != null && unit.status() == UnitStatus.INCOMING) {
            problem.at(pointer + "/status", "is not bought before it is here: say of whom once it arrives");
        }
        if (purchase != null && unit.status() == UnitStatus.CONSIGNED) {
            problem.at(pointer + "/status", "is somebody else's, and not bought");
        }
    }
}
