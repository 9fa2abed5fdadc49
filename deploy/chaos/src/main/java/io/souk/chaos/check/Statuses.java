package io.souk.chaos.check;

import java.util.Map;
import java.util.Set;

/** The names under which orders and reservations go on and end. */
final class Statuses {
    /** Sold, paid for and kept. */
    static final Set<String> SOLD = Set.of("CONFIRMED", "FULFILLED", "DELIVERED");

    /** Ended without a sale. */
    static final Set<String> UNSOLD = Set.of("REJECTED", "DECLINED", "EXPIRED", "CANCELLED");

    /** What an order may become. */
    private static final Map<String, Set<String>> OF_ORDERS = Map.of(
            "PLACED", Set.of("RESERVED", "REJECTED", "EXPIRED", "CANCELLED"),
            "RESERVED", Set.of("AUTHORISED", "REJECTED", "DECLINED", "EXPIRED", "CANCELLED"),
            "AUTHORISED", Set.of("CONFIRMED", "REJECTED", "EXPIRED", "CANCELLED"),
            "CONFIRMED", Set.of("FULFILLED", "CANCELLED"),
            "FULFILLED", Set.of("DELIVERED"));

    /** What a reservation may become; of an open one, its time may grow. */
    private static final Map<String, Set<String>> OF_RESERVATIONS = Map.of(
            "OPEN", Set.of("OPEN", "CONFIRMED", "RELEASED", "EXPIRED"),
            "CONFIRMED", Set.of("RELEASED", "SHIPPED"));

    private Statuses() {}

    static boolean mayOrder(String before, String after) {
        return OF_ORDERS.getOrDefault(before, Set.of()).contains(after);
    }

    static boolean mayReservation(String before, String after) {
        return OF_RESERVATIONS.getOrDefault(before, Set.of()).contains(after);
    }
}
