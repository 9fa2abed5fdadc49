package io.souk.inventory.reservation;

import io.souk.kit.consumer.PoisonEvent;

/** What the state of an order asks of its reservation. */
enum OrderWish {
    /** Set the units aside. */
    HOLD,
    /** The payment is authorised: make the hold final. The order is confirmed only once it is, so it may still fail. */
    CONFIRM,
    /** The order is confirmed: its units are held whatever it takes. */
    KEEP,
    /** The goods are on their way: they leave the stock. */
    SHIP,
    /** They have arrived; whoever hears of that first lets them leave, too. */
    DELIVER,
    RELEASE;

    /** A status that this version does not know goes to the dead letters, where an operator finds it. */
    static OrderWish of(String orderStatus) {
        return switch (orderStatus) {
            case "PLACED", "RESERVED" -> HOLD;
            case "AUTHORISED" -> CONFIRM;
            case "CONFIRMED" -> KEEP;
            case "FULFILLED" -> SHIP;
            case "DELIVERED" -> DELIVER;
            case "REJECTED", "DECLINED", "EXPIRED", "CANCELLED" -> RELEASE;
            default -> throw new PoisonEvent("an order cannot be " + orderStatus);
        };
    }
}
