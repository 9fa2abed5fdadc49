package io.souk.inventory.variant;

import java.text.Normalizer;
import java.util.Locale;

/** A stock keeping unit as someone wrote it. Two spellings mean the same variant when their keys are equal. */
public record Sku(String value) {
    /** The catalogue's bound. */
    public static final int MAX_LENGTH = 100;

    /** Whether the text could be a SKU at all. */
    public static boolean isValid(String text) {
        return !text.isBlank() && text.length() <= MAX_LENGTH && text.chars().noneMatch(Character::isISOControl);
    }

    /** What SKUs are looked up by, as in the catalogue: without case, compatibility forms (NFKC) folded. */
    public String key() {
        return Normalizer.normalize(value.strip(), Normalizer.Form.NFKC).toLowerCase(Locale.ROOT);
    }
}
