package io.souk.inventory.unit;

import io.souk.kit.problem.Problem;
import org.jspecify.annotations.Nullable;

import java.time.LocalDate;

/** The day on which a unit became the shop's, or was given to it. */
final class Acquired {
    private static final LocalDate FIRST = LocalDate.of(1970, 1, 1);
    private static final LocalDate LAST = LocalDate.of(9999, 12, 31);

    private Acquired() {}

    /** Adds what is wrong with it; none is fine. */
    static void check(@Nullable LocalDate day, String field, Problem problem) {
        if (day != null && (day.isBefore(FIRST) || day.isAfter(LAST))) {
            problem.at(field, "must be between " + FIRST + " and " + LAST);
        }
    }
}
