package io.souk.orders.customer;

import java.util.UUID;

/** In whose name the things stay of a person who was forgotten. */
public final class Nobody {
    private static final String PREFIX = "erased:";

    private Nobody() {}

    /** Not the customer's id, which events have told: nobody could make a token of this name, knowing it from there. */
    static String fresh() {
        return PREFIX + UUID.randomUUID();
    }

    public static boolean is(String subject) {
        return subject.startsWith(PREFIX);
    }
}
