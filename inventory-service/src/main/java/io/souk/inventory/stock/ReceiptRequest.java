package io.souk.inventory.stock;

import io.souk.inventory.pack.AmountFields;
import io.souk.inventory.purchase.PurchaseTerms;
import io.souk.kit.money.Money;
import io.souk.kit.problem.Problem;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

import java.time.LocalDate;
import java.util.List;
import java.util.UUID;

import static io.souk.kit.problem.KitProblem.INVALID;

/**
 * Goods that arrived, as the caller tells it.
 *
 * @param reference the caller's own, such as a delivery note
 * @param purchase of whom they were bought; null for goods that nobody sold
 */
@Schema(name = "Receipt", examples = """
    {"lines": [{"sku": "DD1391-100-EU41", "quantity": 12}, {"sku": "DD1391-100-EU42", "quantity": 8, "location": "main"}],
     "reference": "DN-2026-0117"}
    """)
record ReceiptRequest(
        @Nullable List<@Nullable Line> lines,
        @Nullable String reference,
        @Nullable PurchaseTerms purchase) {

    /**
     * Either {@code sku} or {@code variantId} and a {@code quantity} of units, or {@code gtin} and so many {@code packs}; without a
     * {@code location}, the tenant's main one; a {@code lot} with its last day. What is bought may say what a unit cost; else its
     * order says it.
     */
    @Schema(name = "ReceiptLine")
    record Line(
            @Nullable String sku,
            @Nullable UUID variantId,
            @Nullable Long quantity,
            @Nullable String location,
            @Nullable String lot,
            @Nullable LocalDate expiresOn,
            @Nullable String gtin,
            @Nullable Long packs,
            @Nullable Money unitCost) {
        AmountFields fields() {
            return new AmountFields(sku, variantId, quantity, "quantity", gtin, packs);
        }
    }

    /** The lines once they are known to be good; 422 naming each bad field otherwise. */
    List<StockLine> valid() {
        var problem = INVALID.because("The receipt breaks a rule");
        if (purchase != null) {
            purchase.check(problem);
        }
        return BookingRules.lines(
                lines,
                reference,
                problem,
                (line, pointer) -> {
                    line.fields().check(pointer, BookingRules.MOVED, problem);
                    Lot.check(line.lot(), pointer, problem);
                    if ((line.lot() == null) != (line.expiresOn() == null)) {
                        problem.at(pointer, "must have both lot and expiresOn, or neither");
                    }
                    checkCost(line, pointer, problem);
                },
                (line, i) -> StockLine.of(i, line.fields().amount(), line.location(), line.lot())
                        .ofLot(line.expiresOn()));
    }

    private void checkCost(Line line, String pointer, Problem problem) {
        if (line.unitCost() != null && purchase == null) {
            problem.at(pointer + "/unitCost", "is for goods that are bought: say of whom, as purchase");
        }
    }

    /** What a unit of a line cost, as it says; null when it says nothing. */
    @Nullable
    Money unitCost(int line) {
        @Nullable Line asked = lines == null ? null : lines.get(line);
        return asked == null ? null : asked.unitCost();
    }
}
