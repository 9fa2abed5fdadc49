package io.souk.kit.problem;

import jakarta.validation.ConstraintViolation;
import jakarta.validation.ConstraintViolationException;
import jakarta.validation.ElementKind;
import jakarta.validation.Path;
import org.jspecify.annotations.Nullable;

import java.util.Comparator;

import static io.souk.kit.problem.KitProblem.INVALID;

/** Broken constraints as field errors. */
final class Violations {
    private Violations() {}

    static Problem problemOf(ConstraintViolationException failure) {
        var problem = INVALID.because("The request breaks a rule");
        for (var violation : failure.getConstraintViolations()) {
            for (var step : violation.getPropertyPath()) {
                if (step.getKind() == ElementKind.RETURN_VALUE) {
                    return Problems.internal(); // our own answer broke a constraint
                }
            }
        }
        failure.getConstraintViolations().stream()
                .map(Violations::fieldError)
                .sorted(Comparator.comparing(error -> String.valueOf(error.pointer()) + error.parameter()))
                .forEach(problem::with);
        return problem;
    }

    /**
     * A violation of a method's parameter has the path {@code method.parameter[.property...]}: with properties it lies in
     * the body, without any it is a query parameter, a header or a body that is missing.
     */
    private static FieldError fieldError(ConstraintViolation<?> violation) {
        var pointer = new StringBuilder();
        @Nullable String parameter = null;
        for (var step : violation.getPropertyPath()) {
            switch (step.getKind()) {
                case METHOD, CONSTRUCTOR, CROSS_PARAMETER -> {}
                case PARAMETER -> parameter = step.getName();
                default -> append(pointer, step);
            }
        }
        return pointer.isEmpty() && parameter != null
                ? FieldError.of(parameter, violation.getMessage())
                : FieldError.at(pointer.toString(), violation.getMessage());
    }

    private static void append(StringBuilder pointer, Path.Node step) {
        // The index or key of a container belongs to the element after it: items[3].sku is the node sku with index 3.
        if (step.isInIterable()) {
            @Nullable Object key = step.getIndex() != null ? step.getIndex() : step.getKey();
            if (key != null) {
                pointer.append('/').append(key);
            }
        }
        if (step.getKind() == ElementKind.PROPERTY) {
            pointer.append('/').append(step.getName());
        }
    }
}
