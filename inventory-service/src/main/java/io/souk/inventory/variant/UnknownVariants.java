package io.souk.inventory.stock;

import io.souk.kit.problem.Problem;

import java.util.List;

import static io.souk.inventory.InventoryProblem.UNKNOWN_SKU;

/** Some lines name variants that are not known, or not yet. */
final class UnknownVariants extends RuntimeException {
    private final transient List<StockLine> lines;

    UnknownVariants(List<StockLine> lines) {
        super("variants not known", null, false, false);
        this.lines = lines;
    }

    Problem asProblem() {
        var problem = UNKNOWN_SKU.because("The catalogue has no such variant");
        lines.forEach(line -> problem.at(line.variantField(), "is not a variant of the catalogue"));
        return problem;
    }
}
