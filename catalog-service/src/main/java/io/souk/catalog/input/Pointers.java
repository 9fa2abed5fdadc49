package io.souk.catalog.input;

/** Builds JSON Pointers. */
public final class Pointers {
    private Pointers() {}

    /** The pointer one level deeper, with {@code ~} and {@code /} escaped (RFC 6901). */
    public static String child(String parent, String name) {
        return parent + '/' + name.replace("~", "~0").replace("/", "~1");
    }

    public static String child(String parent, int index) {
        return parent + '/' + index;
    }
}
