package io.souk.inventory.variant;

import io.souk.kit.problem.Problem;

import java.util.List;

import static io.souk.inventory.InventoryProblem.UNKNOWN_SKU;

/** A request names variants that are not known, or not yet: see {@link AwaitVariants}. */
public final class UnknownVariants extends RuntimeException {
    private final transient List<String> fields;

    /** {@code fields} are those that name them, as JSON Pointers. */
    public UnknownVariants(List<String> fields) {
        super("variants not known", null, false, false);
        this.fields = List.copyOf(fields);
    }

    /** For whoever knows that to wait is in vain. */
    public Problem asProblem() {
        var problem = UNKNOWN_SKU.because("The catalogue has no such variant");
        fields.forEach(field -> problem.at(field, "is not a variant of the catalogue"));
        return problem;
    }
}
