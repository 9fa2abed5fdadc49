package io.souk.orders.customer;

import org.jspecify.annotations.Nullable;

import java.text.Normalizer;
import java.util.regex.Pattern;

/** E-mail addresses: kept as they were written, and found by their {@link #key}. Whether mail arrives only mail can tell. */
final class Email {
    /** RFC 5321, with the brackets of a path left out. */
    static final int MAX_LENGTH = 254;

    private static final Pattern FORM = Pattern.compile("[^\\s@]+@[^\\s@]+");

    private Email() {}

    /** Why the text cannot be one; null when it can. */
    static @Nullable String fault(String text) {
        var fault = Texts.fault(text, MAX_LENGTH);
        return fault == null && !FORM.matcher(text).matches() ? "is no e-mail address such as ada@example.org" : fault;
    }

    /**
     * What decides whether two are the same: without case, and with a letter and its mark as one character (NFC, as RFC 6532 wants it). RFC
     * 5321 leaves the case of what stands before the @ to its host; hardly any tells by it, and people do not remember how they wrote it.
     * Letter by letter, whatever stands beside it and whatever the language: so PostgreSQL's {@code pg_c_utf8} says the same, which
     * the migrations use.
     */
    static String key(String email) {
        return Normalizer.normalize(email, Normalizer.Form.NFC)
                .codePoints()
                .map(letter -> Character.toLowerCase(Character.toUpperCase(letter)))
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }
}
