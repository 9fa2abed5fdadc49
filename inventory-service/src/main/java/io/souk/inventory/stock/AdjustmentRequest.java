package io.souk.inventory.stock;

import io.souk.inventory.pack.AmountFields;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Objects;
import java.util.UUID;

import static io.souk.kit.problem.KitProblem.INVALID;

/** There is more, or less, than was thought. */
@Schema(name = "Adjustment", examples = """
    {"reason": "DAMAGED", "lines": [{"sku": "DD1391-100-EU41", "quantity": -1}], "reference": "ticket 815"}
    """)
record AdjustmentRequest(
        @Nullable AdjustmentReason reason,
        @Nullable List<@Nullable Line> lines,
        @Nullable String reference) {

    /**
     * Either {@code sku} or {@code variantId} and a {@code quantity} of units, or {@code gtin} and so many {@code packs}; without a
     * {@code location}, the main one; a {@code lot} must be there.
     */
    @Schema(name = "AdjustmentLine")
    record Line(
            @Nullable String sku,
            @Nullable UUID variantId,
            @Nullable Long quantity,
            @Nullable String location,
            @Nullable String lot,
            @Nullable String gtin,
            @Nullable Long packs) {
        AmountFields fields() {
            return new AmountFields(sku, variantId, quantity, "quantity", gtin, packs);
        }
    }

    record Valid(AdjustmentReason reason, List<StockLine> lines) {}

    /** 422 naming each bad field. */
    Valid valid() {
        var problem = INVALID.because("The adjustment breaks a rule");
        if (reason == null) {
            problem.at("/reason", "is missing");
        }
        var valid = BookingRules.lines(
                lines,
                reference,
                problem,
                (line, pointer) -> {
                    line.fields().check(pointer, BookingRules.ADJUSTED, problem);
                    Lot.check(line.lot(), pointer, problem);
                },
                (line, i) -> StockLine.of(i, line.fields().amount(), line.location(), line.lot()));
        return new Valid(Objects.requireNonNull(reason), valid);
    }
}
