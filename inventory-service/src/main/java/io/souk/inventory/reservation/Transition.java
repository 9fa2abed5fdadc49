package io.souk.inventory.reservation;

import org.jspecify.annotations.Nullable;

/**
 * What is to be done with a reservation: a pure function of where it stands and what its order wishes. Doing it and writing
 * the new status commit together, so whatever comes twice finds the new status and does nothing.
 */
enum Transition {
    /** Hold the order's lines and confirm at once, or refuse: the order had been paid for before we knew of it. */
    HOLD_AND_CONFIRM,
    /** Hold again what had run out and confirm, or refuse: only a database restored to an earlier moment asks for it. */
    HOLD_AGAIN_AND_CONFIRM,
    CONFIRM,
    /** The units that it holds leave. */
    SHIP,
    /** Let the order's lines leave out of what is free, or refuse: they were on their way before we knew of them. */
    TAKE_AND_SHIP,
    /** The same once more for what had run out; only a database restored to an earlier moment asks for it. */
    TAKE_AGAIN_AND_SHIP,
    GIVE_BACK,
    /** Remember that the order has ended, so that a hold which comes later is void. */
    VOID,
    NOTHING;

    /**
     * @param present null when the order has no reservation yet
     * @param wish anything but HOLD: an order that has a reservation wants no other, and whether it has one is decided by the
     *     insert of the row
     */
    static Transition of(@Nullable ReservationStatus present, OrderWish wish) {
        return switch (wish) {
            case HOLD -> throw new IllegalArgumentException("whether to hold is decided by the reservation's row");
            case CONFIRM ->
                switch (present) {
                    case null -> HOLD_AND_CONFIRM;
                    case OPEN -> CONFIRM;
                    // Who asks too late hears that the time has run out, and ends its order.
                    case CONFIRMED, SHIPPED, EXPIRED, RELEASED, REFUSED -> NOTHING;
                };
            case KEEP ->
                switch (present) {
                    case null -> HOLD_AND_CONFIRM;
                    case OPEN -> CONFIRM;
                    case EXPIRED -> HOLD_AGAIN_AND_CONFIRM;
                    case CONFIRMED, SHIPPED, RELEASED, REFUSED -> NOTHING;
                };
            case SHIP, DELIVER ->
                switch (present) {
                    case null -> TAKE_AND_SHIP;
                    case OPEN, CONFIRMED -> SHIP;
                    case EXPIRED -> TAKE_AGAIN_AND_SHIP;
                    case SHIPPED, RELEASED, REFUSED -> NOTHING;
                };
            case RELEASE ->
                switch (present) {
                    case null -> VOID;
                    case OPEN, CONFIRMED -> GIVE_BACK;
                    // What has left does not come back because somebody asks for it.
                    case SHIPPED, EXPIRED, RELEASED, REFUSED -> NOTHING;
                };
        };
    }
}
