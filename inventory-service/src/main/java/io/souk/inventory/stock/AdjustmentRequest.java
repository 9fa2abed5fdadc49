package io.souk.inventory.stock;

import io.souk.inventory.variant.VariantName;
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

    /** Either {@code sku} or {@code variantId}; without a {@code location}, the main one; a {@code lot} must be there. */
    @Schema(name = "AdjustmentLine")
    record Line(
            @Nullable String sku,
            @Nullable UUID variantId,
            @Nullable Long quantity,
            @Nullable String location,
            @Nullable String lot) {}

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
                    VariantName.check(line.sku(), line.variantId(), pointer, problem);
                    Lot.check(line.lot(), pointer, problem);
                    if (line.quantity() == null
                            || line.quantity() == 0
                            || line.quantity() < -BookingRules.MAX_QUANTITY
                            || line.quantity() > BookingRules.MAX_QUANTITY) {
                        problem.at(
                                pointer + "/quantity",
                                "must be between -%1$d and %1$d, and not 0".formatted(BookingRules.MAX_QUANTITY));
                    }
                },
                (line, i) -> StockLine.of(
                        i,
                        VariantName.of(line.sku(), line.variantId()),
                        Objects.requireNonNull(line.quantity()),
                        line.location(),
                        line.lot()));
        return new Valid(Objects.requireNonNull(reason), valid);
    }
}
