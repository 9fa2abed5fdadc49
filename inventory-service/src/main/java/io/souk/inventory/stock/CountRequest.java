package io.souk.inventory.stock;

import io.souk.inventory.location.LocationCode;
import io.souk.inventory.variant.VariantName;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Objects;
import java.util.UUID;

import static io.souk.kit.problem.KitProblem.INVALID;

/** What somebody counted at a location; without one, at the main one. Variants that are not listed stay as they are. */
@Schema(name = "StockCount", examples = """
    {"location": "main", "lines": [{"sku": "DD1391-100-EU41", "counted": 11}, {"sku": "DD1391-100-EU42", "counted": 7}],
     "reference": "aisle 4"}
    """)
record CountRequest(
        @Nullable String location,
        @Nullable List<@Nullable Line> lines,
        @Nullable String reference) {

    /**
     * Either {@code sku} or {@code variantId}; {@code counted} is all that lies there of the lot, or of what has none, reserved
     * or not.
     */
    @Schema(name = "StockCountLine")
    record Line(
            @Nullable String sku,
            @Nullable UUID variantId,
            @Nullable Long counted,
            @Nullable String lot) {}

    /** 422 naming each bad field. */
    List<StockLine> valid() {
        var problem = INVALID.because("The count breaks a rule");
        return BookingRules.lines(
                lines,
                reference,
                problem,
                (line, pointer) -> {
                    VariantName.check(line.sku(), line.variantId(), pointer, problem);
                    Lot.check(line.lot(), pointer, problem);
                    if (line.counted() == null || line.counted() < 0 || line.counted() > StockLevel.MAX_UNITS) {
                        problem.at(pointer + "/counted", "must be between 0 and " + StockLevel.MAX_UNITS);
                    }
                },
                (line, i) -> StockLine.of(
                                i,
                                VariantName.of(line.sku(), line.variantId()),
                                Objects.requireNonNull(line.counted()),
                                null,
                                line.lot())
                        .at(location == null ? LocationCode.MAIN : location, "/location"));
    }
}
