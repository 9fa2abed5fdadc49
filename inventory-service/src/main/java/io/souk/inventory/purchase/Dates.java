package io.souk.inventory.purchase;

import io.souk.kit.problem.Problem;
import org.jspecify.annotations.Nullable;

import java.time.LocalDate;

/** Days of orders. */
final class Dates {
    private static final LocalDate FIRST = LocalDate.of(1970, 1, 1);
    private static final LocalDate LAST = LocalDate.of(9999, 12, 31);

    private Dates() {}

    /** Adds what is wrong with the fields {@code orderedOn} and {@code expectedOn} of what lies at {@code pointer}. */
    static void check(@Nullable LocalDate orderedOn, @Nullable LocalDate expectedOn, String pointer, Problem problem) {
        checkOne(orderedOn, pointer + "/orderedOn", problem);
        checkOne(expectedOn, pointer + "/expectedOn", problem);
        if (orderedOn != null && expectedOn != null && expectedOn.isBefore(orderedOn)) {
            problem.at(pointer + "/expectedOn", "is before " + orderedOn);
        }
    }

    static boolean isKept(LocalDate day) {
        return !day.isBefore(FIRST) && !day.isAfter(LAST);
    }

    private static void checkOne(@Nullable LocalDate day, String field, Problem problem) {
        if (day != null && !isKept(day)) {
            problem.at(field, "must be between " + FIRST + " and " + LAST);
        }
    }
}
