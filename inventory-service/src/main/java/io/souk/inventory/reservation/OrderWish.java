package io.souk.inventory.reservation;

import io.souk.kit.consumer.PoisonEvent;

/** What the state of an order asks of its reservation. */
enum OrderWish {
    HOLD,
    CONFIRM,
    RELEASE;

    /** A status that this version does not know goes to the dead letters, to be redriven when a later version does. */
    static OrderWish of(String orderStatus) {
        return switch (orderStatus) {
            case "PLACED", "RESERVED", "AUTHORISED" -> HOLD;
            case "CONFIRMED" -> CONFIRM;
            case "REJECTED", "DECLINED", "EXPIRED", "CANCELLED" -> RELEASE;
            default -> throw new PoisonEvent("an order cannot be " + orderStatus);
        };
    }
}
