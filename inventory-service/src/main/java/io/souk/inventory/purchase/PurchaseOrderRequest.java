package io.souk.inventory.purchase;

import io.souk.inventory.pack.AmountFields;
import io.souk.inventory.pack.Bounds;
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

/** What a supplier is asked to send. */
@Schema(name = "NewPurchaseOrder", examples = """
    {"supplierId": "01a1fef4-d008-7aaa-8001-000000000001", "number": "PO-2026-17", "orderedOn": "2026-11-02",
     "expectedOn": "2026-11-09",
     "lines": [{"sku": "DD1391-100-EU41", "quantity": 48, "unitCost": {"amount": 450, "currency": "USD"}}]}
    """)
record PurchaseOrderRequest(
        @Nullable UUID supplierId,
        @Nullable String number,
        @Nullable LocalDate orderedOn,
        @Nullable LocalDate expectedOn,
        @Nullable List<@Nullable Line> lines) {
    static final int MAX_LINES = 500;

    /** As many as a receipt's line may bring. */
    static final Bounds ORDERED = Bounds.between(1, 1_000_000_000);

    private static final int MAX_NUMBER = 100;

    /**
     * Either {@code sku} or {@code variantId} and a {@code quantity} of units, or {@code gtin} and so many {@code packs}; {@code
     * unitCost} is that of a unit.
     */
    @Schema(name = "NewPurchaseOrderLine")
    record Line(
            @Nullable String sku,
            @Nullable UUID variantId,
            @Nullable Long quantity,
            @Nullable Money unitCost,
            @Nullable String gtin,
            @Nullable Long packs) {
        AmountFields fields() {
            return new AmountFields(sku, variantId, quantity, "quantity", gtin, packs);
        }
    }

    record Valid(UUID supplierId, String number, LocalDate orderedOn, LocalDate expectedOn, List<OrderedLine> lines) {}

    /** 422 naming each bad field. */
    Valid valid() {
        var problem = INVALID.because("The order breaks a rule");
        if (supplierId == null) {
            problem.at("/supplierId", "is missing");
        }
        if (number == null || number.isBlank() || number.length() > MAX_NUMBER) {
            problem.at("/number", "must have 1 to " + MAX_NUMBER + " characters");
        }
        if (orderedOn == null) {
            problem.at("/orderedOn", "is missing");
        }
        if (expectedOn == null) {
            problem.at("/expectedOn", "is missing");
        }
        Dates.check(orderedOn, expectedOn, "", problem);
        var valid = lines(problem);
        if (!problem.errors().isEmpty()) {
            throw problem;
        }
        return new Valid(
                Objects.requireNonNull(supplierId),
                Objects.requireNonNull(number),
                Objects.requireNonNull(orderedOn),
                Objects.requireNonNull(expectedOn),
                valid);
    }

    private List<OrderedLine> lines(Problem problem) {
        if (lines == null || lines.isEmpty() || lines.size() > MAX_LINES) {
            throw problem.at("/lines", "must have 1 to " + MAX_LINES + " lines");
        }
        var valid = new ArrayList<OrderedLine>(lines.size());
        for (int i = 0; i < lines.size(); i++) {
            var pointer = "/lines/" + i;
            @Nullable Line line = lines.get(i);
            if (line == null) {
                problem.at(pointer, "must not be null");
                continue;
            }
            line.fields().check(pointer, ORDERED, problem);
            if (line.unitCost() == null) {
                problem.at(pointer + "/unitCost", "is missing");
            } else if (problem.errors().isEmpty()) {
                valid.add(new OrderedLine(i, line.fields().amount(), line.unitCost()));
            }
        }
        return valid;
    }
}
