package io.souk.inventory.stock;

import io.souk.inventory.variant.VariantName;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import java.util.UUID;

import static io.souk.kit.problem.KitProblem.INVALID;

/** Goods that arrived, as the caller tells it; {@code reference} is the caller's own, such as a delivery note. */
@Schema(name = "Receipt", examples = """
    {"lines": [{"sku": "DD1391-100-EU41", "quantity": 12}, {"sku": "DD1391-100-EU42", "quantity": 8, "location": "main"}],
     "reference": "DN-2026-0117"}
    """)
record ReceiptRequest(
        @Nullable List<@Nullable Line> lines, @Nullable String reference) {

    /** Either {@code sku} or {@code variantId}; without a {@code location}, the tenant's main one; a {@code lot} with its last day. */
    @Schema(name = "ReceiptLine")
    record Line(
            @Nullable String sku,
            @Nullable UUID variantId,
            @Nullable Long quantity,
            @Nullable String location,
            @Nullable String lot,
            @Nullable LocalDate expiresOn) {}

    /** The lines once they are known to be good; 422 naming each bad field otherwise. */
    List<StockLine> valid() {
        var problem = INVALID.because("The receipt breaks a rule");
        return BookingRules.lines(
                lines,
                reference,
                problem,
                (line, pointer) -> {
                    VariantName.check(line.sku(), line.variantId(), pointer, problem);
                    BookingRules.checkQuantity(line.quantity(), pointer + "/quantity", problem);
                    Lot.check(line.lot(), pointer, problem);
                    if ((line.lot() == null) != (line.expiresOn() == null)) {
                        problem.at(pointer, "must have both lot and expiresOn, or neither");
                    }
                },
                (line, i) -> StockLine.of(
                                i,
                                VariantName.of(line.sku(), line.variantId()),
                                Objects.requireNonNull(line.quantity()),
                                line.location(),
                                line.lot())
                        .ofLot(line.expiresOn()));
    }
}
