package io.souk.orders.customer;

import io.souk.kit.problem.Problem;
import org.jspecify.annotations.Nullable;

/** Texts that people write about themselves. */
final class Texts {
    private Texts() {}

    /** What is wrong with the text, as what follows its name; null when nothing is. */
    static @Nullable String fault(String text, int max) {
        if (text.isBlank() || text.codePointCount(0, text.length()) > max) {
            return "must have 1 to " + max + " characters";
        }
        return text.codePoints().anyMatch(Texts::isUnprintable)
                ? "must not contain control characters or halves of characters"
                : null;
    }

    /** Adds what is wrong to the problem; a missing text is fine. */
    static void check(@Nullable String text, int max, String pointer, Problem problem) {
        check(text, known -> fault(known, max), pointer, problem);
    }

    /** As {@link #check(String, int, String, Problem)}, by a rule of the text's own. */
    static void check(@Nullable String text, Rule rule, String pointer, Problem problem) {
        var fault = text == null ? null : rule.fault(text);
        if (fault != null) {
            problem.at(pointer, fault);
        }
    }

    /** Says what is wrong with a text; null when nothing is. */
    interface Rule {
        @Nullable
        String fault(String text);
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
