package io.souk.orders.customer;

import org.jspecify.annotations.Nullable;

import java.util.regex.Pattern;

/** Phone numbers, kept as people write them: whoever delivers reads them. Whether anybody answers only a call can tell. */
final class Phone {
    static final int MAX_LENGTH = 30;

    /** E.164 has at most 15 digits; what stands between them is anybody's taste. */
    private static final Pattern FORM = Pattern.compile("\\+?(?:[ ()./-]*[0-9]){4,15}");

    private Phone() {}

    /** Why the text cannot be one; null when it can. */
    static @Nullable String fault(String text) {
        var fault = Texts.fault(text, MAX_LENGTH);
        return fault == null && !FORM.matcher(text).matches()
                ? "must be 4 to 15 digits, with + in front and blanks, brackets, dots, dashes and slashes between them if you like"
                : fault;
    }
}
