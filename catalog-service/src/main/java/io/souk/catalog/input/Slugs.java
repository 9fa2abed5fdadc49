package io.souk.catalog.input;

import java.text.Normalizer;
import java.util.Locale;
import java.util.UUID;

/** Makes the readable part of an address from a name. */
public final class Slugs {
    /** Characters of the name that are kept; the whole must stay readable. */
    private static final int MAX_NAME_PART = 80;

    /** 40 random bits of the id, 5 to a character: two products of one name never meet in practice. */
    private static final int SUFFIX_LENGTH = 8;

    private static final String ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz";

    private Slugs() {}

    /** Letters of any script and digits, in lower case, words parted by single dashes. */
    public static boolean isSlug(String text) {
        return !text.isEmpty()
                && text.equals(of(text, Integer.MAX_VALUE)); // decomposed, Hangul is longer than the text
    }

    /** The name's slug followed by a part of the id, so that two products may have one name. */
    public static String unique(String name, UUID id) {
        var base = of(name, MAX_NAME_PART);
        return base.isEmpty() ? suffix(id) : base + '-' + suffix(id);
    }

    /** The name's slug alone; a part of the id for a name without letters and digits. */
    public static String plain(String name, UUID id) {
        var slug = of(name, MAX_NAME_PART);
        return slug.isEmpty() ? suffix(id) : slug;
    }

    /** Accents are taken off; whatever is neither letter nor digit parts words. Empty for a name without either. */
    public static String of(String name, int max) {
        var plain = Normalizer.normalize(name, Normalizer.Form.NFKD).toLowerCase(Locale.ROOT);
        var slug = new StringBuilder(Math.min(plain.length(), max));
        boolean parted = false;
        for (int i = 0; i < plain.length() && slug.length() < max; ) {
            int c = plain.codePointAt(i);
            i += Character.charCount(c);
            if (Character.isLetterOrDigit(c)) {
                if (parted && !slug.isEmpty()) {
                    slug.append('-');
                }
                parted = false;
                slug.appendCodePoint(c);
            } else if (Character.getType(c) != Character.NON_SPACING_MARK) {
                parted = true;
            }
        }
        return Normalizer.normalize(slug, Normalizer.Form.NFC); // Hangul back to syllables
    }

    private static String suffix(UUID id) {
        long bits = id.getLeastSignificantBits();
        var suffix = new StringBuilder(SUFFIX_LENGTH);
        for (int i = 0; i < SUFFIX_LENGTH; i++) {
            suffix.append(ALPHABET.charAt((int) (bits >>> (5 * i)) & 31));
        }
        return suffix.toString();
    }
}
