package io.souk.inventory.location;

import java.util.regex.Pattern;

/** What a vendor of the marketplace is called, in requests and in its merchants' tokens: short, lower case. */
final class VendorCode {
    static final String FORM_IN_WORDS = "1 to 63 of a-z, 0-9 and dashes, not starting with a dash";

    private static final Pattern FORM = Pattern.compile("[a-z0-9][a-z0-9-]{0,62}");

    private VendorCode() {}

    static boolean isValid(String text) {
        return FORM.matcher(text).matches();
    }
}
