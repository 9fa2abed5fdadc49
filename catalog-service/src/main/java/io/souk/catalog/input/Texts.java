package io.souk.catalog.input;

import org.jspecify.annotations.Nullable;

/** Checks text; lengths count Unicode code points, so an emoji is one. */
public final class Texts {
    private Texts() {}

    /** One line that must be there and say something. */
    public static void line(Faults faults, String pointer, @Nullable String text, int max) {
        if (text == null) {
            faults.at(pointer, "is required");
        } else if (text.isBlank()) {
            faults.at(pointer, "must not be blank");
        } else {
            check(faults, pointer, text, max, false);
        }
    }

    /** One line that may be absent, but not blank. */
    public static void optionalLine(Faults faults, String pointer, @Nullable String text, int max) {
        if (text != null) {
            line(faults, pointer, text, max);
        }
    }

    /** Text of many lines that may be absent or empty. */
    public static void optionalText(Faults faults, String pointer, @Nullable String text, int max) {
        if (text != null) {
            check(faults, pointer, text, max, true);
        }
    }

    private static void check(Faults faults, String pointer, String text, int max, boolean lines) {
        if (text.length() > max && text.codePointCount(0, text.length()) > max) {
            faults.at(pointer, "must not be longer than " + max + " characters");
            return;
        }
        var fault = unacceptable(text, lines);
        if (fault != null) {
            faults.at(pointer, fault);
        }
    }

    /** Why the text cannot be kept as it is; null when it can. */
    static @Nullable String unacceptable(String text, boolean lines) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < ' ' && !(lines && (c == '\n' || c == '\r' || c == '\t'))) {
                return "must not contain control characters";
            }
            if (Character.isSurrogate(c)) {
                if (!Character.isHighSurrogate(c)
                        || i + 1 == text.length()
                        || !Character.isLowSurrogate(text.charAt(i + 1))) {
                    return "is not well-formed Unicode: half of a surrogate pair";
                }
                i++;
            } else if (c >= 0x7f && c < 0xa0) {
                return "must not contain control characters";
            }
        }
        return null;
    }
}
