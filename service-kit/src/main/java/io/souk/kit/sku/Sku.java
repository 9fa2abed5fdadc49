package io.souk.kit.sku;

import com.fasterxml.jackson.annotation.JsonValue;
import org.jspecify.annotations.Nullable;

import java.text.Normalizer;
import java.util.Locale;

/**
 * A stock keeping unit, kept as it was written and compared by its {@link #key}.
 *
 * <p>At most 100 characters, as people count them, none of them a control character. Holds no comma, since look-ups take lists
 * of SKUs, and no space at its ends.
 */
public record Sku(String value) {
    /** In Unicode code points; for the text and for its key, which may be longer. */
    public static final int MAX_LENGTH = 100;

    public Sku {
        var fault = fault(value);
        if (fault != null) {
            throw new IllegalArgumentException("a SKU " + fault);
        }
    }

    /** What decides whether two SKUs are the same: without case, compatibility forms (NFKC) folded. */
    public String key() {
        return key(value);
    }

    /** The key of any text; one that is no SKU's key is simply never found. */
    public static String key(String text) {
        return Normalizer.normalize(text, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT);
    }

    @JsonValue
    @Override
    public String toString() {
        return value;
    }

    /** Why the text cannot be a SKU, as what follows "the SKU ..."; null when it can. */
    public static @Nullable String fault(@Nullable String text) {
        if (text == null || text.isBlank()) {
            return "is required";
        }
        if (isTooLong(text)) {
            return "must not be longer than " + MAX_LENGTH + " characters";
        }
        for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
            int type = Character.getType(text.codePointAt(i));
            if (type == Character.CONTROL) {
                return "must not contain control characters";
            }
            if (type == Character.SURROGATE) {
                return "is not well-formed Unicode: half of a surrogate pair";
            }
        }
        return faultOfKey(key(text)); // where a wide comma is a comma, and a space that does not break a space
    }

    private static @Nullable String faultOfKey(String key) {
        if (key.isBlank()) {
            return "is required";
        }
        if (isTooLong(key)) {
            return "must not be longer than " + MAX_LENGTH + " characters, each ligature counted as its letters";
        }
        if (key.indexOf(',') >= 0) {
            return "must not contain a comma";
        }
        return key.equals(key.strip()) ? null : "must not begin or end with a space";
    }

    private static boolean isTooLong(String text) {
        return text.length() > MAX_LENGTH && text.codePointCount(0, text.length()) > MAX_LENGTH;
    }
}
