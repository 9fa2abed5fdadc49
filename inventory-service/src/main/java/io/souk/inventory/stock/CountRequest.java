package io.souk.inventory.stock;

import io.souk.inventory.location.LocationCode;
import io.souk.inventory.pack.AmountFields;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

import java.util.List;
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
     * Either {@code sku} or {@code variantId} and the units {@code counted}, or {@code gtin} and so many {@code packs}: all that
     * lies there of the lot, or of what has none, reserved or not.
     */
    @Schema(name = "StockCountLine")
    record Line(
            @Nullable String sku,
            @Nullable UUID variantId,
            @Nullable Long counted,
            @Nullable String lot,
            @Nullable String gtin,
            @Nullable Long packs) {
        AmountFields fields() {
            return new AmountFields(sku, variantId, counted, "counted", gtin, packs);
        }
    }

    /** 422 naming each bad field. */
    List<StockLine> valid() {
        var problem = INVALID.because("The count breaks a rule");
        return BookingRules.lines(
                lines,
                reference,
                problem,
                (line, pointer) -> {
                    line.fields().check(pointer, BookingRules.COUNTED, problem);
                    Lot.check(line.lot(), pointer, problem);
                },
                (line, i) -> StockLine.of(i, line.fields().amount(), null, line.lot())
                        .at(location == null ? LocationCode.MAIN : location, "/location"));
    }
}
