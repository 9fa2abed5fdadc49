package io.souk.inventory.stock;

import io.souk.inventory.pack.AmountFields;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Objects;
import java.util.UUID;

import static io.souk.kit.problem.KitProblem.INVALID;

/** Goods go from one location to another. */
@Schema(name = "Transfer", examples = """
    {"from": "main", "to": "brooklyn", "lines": [{"sku": "DD1391-100-EU41", "quantity": 4}], "reference": "van 2"}
    """)
record TransferRequest(
        @Nullable String from,
        @Nullable String to,
        @Nullable List<@Nullable Line> lines,
        @Nullable String reference) {

    /**
     * Either {@code sku} or {@code variantId} and a {@code quantity} of units, or {@code gtin} and so many {@code packs}; a {@code
     * lot} must be where it comes from.
     */
    @Schema(name = "TransferLine")
    record Line(
            @Nullable String sku,
            @Nullable UUID variantId,
            @Nullable Long quantity,
            @Nullable String lot,
            @Nullable String gtin,
            @Nullable Long packs) {
        AmountFields fields() {
            return new AmountFields(sku, variantId, quantity, "quantity", gtin, packs);
        }
    }

    /** The lines as they leave, and where they go. */
    record Valid(List<StockLine> out, String to) {}

    /** 422 naming each bad field. */
    Valid valid() {
        var problem = INVALID.because("The transfer breaks a rule");
        if (from == null) {
            problem.at("/from", "is missing");
        }
        if (to == null) {
            problem.at("/to", "is missing");
        } else if (to.equals(from)) {
            problem.at("/to", "is where the goods are");
        }
        var out = BookingRules.lines(
                lines,
                reference,
                problem,
                (line, pointer) -> {
                    line.fields().check(pointer, BookingRules.MOVED, problem);
                    Lot.check(line.lot(), pointer, problem);
                },
                (line, i) -> StockLine.of(i, line.fields().amount(), null, line.lot())
                        .at(Objects.requireNonNull(from), "/from"));
        return new Valid(out, Objects.requireNonNull(to));
    }
}
