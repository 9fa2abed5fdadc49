package io.souk.catalog.product;

import com.fasterxml.jackson.annotation.JsonValue;
import io.souk.catalog.input.Faults;
import io.souk.catalog.input.Texts;
import org.jspecify.annotations.Nullable;

import java.text.Normalizer;
import java.util.Locale;

/**
 * The shop's own name of a variant, kept as it was written and compared by its {@link #key}.
 *
 * <p>Holds no comma, since look-ups take lists of SKUs, and no space at its ends.
 */
public record Sku(String value) {
    public static final int MAX_LENGTH = 100;

    public Sku {
        if (fault(value) != null) {
            throw new IllegalArgumentException("not a SKU");
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

    /** Why the text cannot be a SKU; null when it can. */
    public static @Nullable String fault(@Nullable String text) {
        if (text == null || text.isBlank()) {
            return "is required";
        }
        if (text.indexOf(',') >= 0) {
            return "must not contain a comma";
        }
        if (!text.equals(text.strip())) {
            return "must not begin or end with a space";
        }
        var faults = new Faults();
        Texts.line(faults, "", text, MAX_LENGTH);
        return faults.none() ? null : faults.list().getFirst().detail();
    }
}
