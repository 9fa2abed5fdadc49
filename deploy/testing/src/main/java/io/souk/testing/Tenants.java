package io.souk.testing;

import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;

/** Tenants for tests: a fresh one for each test needs no clean-up and no order. */
public final class Tenants {
    private Tenants() {}

    /** A tenant id that nobody has used. */
    public static String fresh() {
        return "t-" + HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());
    }
}
