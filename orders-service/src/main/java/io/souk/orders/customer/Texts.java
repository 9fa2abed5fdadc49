package io.souk.orders.customer;

import io.souk.kit.problem.Problem;
import org.jspecify.annotations.Nullable;

/** Texts that people write about themselves. */
final class Texts {
    private Texts() {}

    /** Adds what is wrong to the problem; a missing text is fine. */
    static void check(@Nullable String text, int max, String pointer, Problem problem) {
        if (text == null) {
            return;
        }
        if (text.isBlank() || text.codePointCount(0, text.length()) > max) {
            problem.at(pointer, "must have 1 to " + max + " characters");
        } else if (text.codePoints().anyMatch(Texts::isUnprintable)) {
            problem.at(pointer, "must not contain control characters or halves of characters");
        }
    }

    /** As {@link #check}, of a text that must be there. */
    static void require(@Nullable String text, int max, String pointer, Problem problem) {
        if (text == null) {
            problem.at(pointer, "is missing");
        }
        check(text, max, pointer, problem);
    }

    private static boolean isUnprintable(int codePoint) {
        int type = Character.getType(codePoint);
        return type == Character.CONTROL || type == Character.SURROGATE;
    }
}
