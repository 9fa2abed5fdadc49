package io.souk.inventory.stock;

import io.souk.inventory.variant.VariantName;
import io.souk.kit.problem.Problem;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

import static io.souk.kit.problem.KitProblem.INVALID;

/** Goods that arrived, as the caller tells it. */
@Schema(name = "Receipt", examples = """
    {"lines": [{"sku": "DD1391-100-EU41", "quantity": 12}, {"sku": "DD1391-100-EU42", "quantity": 8, "location": "main"}]}
    """)
record ReceiptRequest(@Nullable List<@Nullable Line> lines) {
    static final int MAX_LINES = 500;

    /** The most that one line brings: a thousandth of what a level can count. */
    static final long MAX_QUANTITY = StockLevel.MAX_UNITS / 1_000;

    /** Either {@code sku} or {@code variantId}; without a {@code location}, the tenant's main one. */
    @Schema(name = "ReceiptLine")
    record Line(
            @Nullable String sku,
            @Nullable UUID variantId,
            @Nullable Long quantity,
            @Nullable String location) {}

    /** The lines once they are known to be good; 422 naming each bad field otherwise. */
    List<ReceiptLine> valid() {
        var problem = INVALID.because("The receipt breaks a rule");
        if (lines == null || lines.isEmpty() || lines.size() > MAX_LINES) {
            throw problem.at("/lines", "must have 1 to " + MAX_LINES + " lines");
        }
        var valid = new ArrayList<ReceiptLine>(lines.size());
        for (int i = 0; i < lines.size(); i++) {
            var line = lines.get(i);
            if (line == null) {
                problem.at("/lines/" + i, "must not be null");
            } else {
                check(line, "/lines/" + i, problem);
                if (problem.errors().isEmpty()) {
                    valid.add(ReceiptLine.of(i, line));
                }
            }
        }
        if (!problem.errors().isEmpty()) {
            throw problem;
        }
        return valid;
    }

    private static void check(Line line, String pointer, Problem problem) {
        VariantName.check(line.sku(), line.variantId(), pointer, problem);
        if (line.quantity() == null || line.quantity() < 1 || line.quantity() > MAX_QUANTITY) {
            problem.at(pointer + "/quantity", "must be between 1 and " + MAX_QUANTITY);
        }
    }
}
