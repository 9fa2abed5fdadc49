package io.souk.stack;

import java.util.Locale;

/** The operating system and processor, as the jars with the server binaries name them. */
final class Platform {
    private Platform() {}

    static boolean isMac() {
        return System.getProperty("os.name").toLowerCase(Locale.ROOT).contains("mac");
    }

    static String os() {
        return isMac() ? "darwin" : "linux";
    }

    static boolean isArm() {
        return System.getProperty("os.arch").equals("aarch64");
    }
}
