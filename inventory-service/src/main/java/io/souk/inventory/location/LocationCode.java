package io.souk.inventory.location;

import java.util.regex.Pattern;

/** What people call a location in requests: short, lower case, unique in its tenant. */
public final class LocationCode {
    /** The location that every tenant has from its first receipt on. */
    public static final String MAIN = "main";

    private static final Pattern FORM = Pattern.compile("[a-z0-9][a-z0-9-]{0,62}");

    private LocationCode() {}

    public static boolean isValid(String text) {
        return FORM.matcher(text).matches();
    }
}
