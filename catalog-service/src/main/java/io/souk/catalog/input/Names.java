package io.souk.catalog.input;

import java.text.Normalizer;
import java.util.Locale;
import java.util.regex.Pattern;

/** When two names are the same name. */
public final class Names {
    private static final Pattern SPACES = Pattern.compile("\\s+");

    private Names() {}

    /** Without case, compatibility forms (NFKC) folded, every run of white space one space. */
    public static String key(String name) {
        var folded = Normalizer.normalize(name, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT);
        return SPACES.matcher(folded.strip()).replaceAll(" ");
    }
}
