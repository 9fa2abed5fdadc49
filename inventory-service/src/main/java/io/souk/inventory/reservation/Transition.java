package io.souk.inventory.reservation;

import org.jspecify.annotations.Nullable;

/**
 * What is to be done with a reservation: a pure function of where it stands and what its order wishes. Doing it and
 * writing the new status commit together, so whatever comes twice finds the new status and does nothing.
 */
enum Transition {
    /** Hold the order's lines and stay open, or refuse. */
    HOLD,
    /** Hold the order's lines and confirm at once, or refuse: the order had been paid for before we knew of it. */
    HOLD_AND_CONFIRM,
    /** Hold again what had run out and confirm, or refuse: only a database restored to an earlier moment asks for it. */
    HOLD_AGAIN_AND_CONFIRM,
    CONFIRM,
    GIVE_BACK,
    /** Remember that the order has ended, so that a hold which comes later is void. */
    VOID,
    NOTHING;

    /** @param present null when the order has no reservation yet */
    static Transition of(@Nullable ReservationStatus present, OrderWish wish) {
        if (present == null) {
            return switch (wish) {
                case HOLD -> HOLD;
                case CONFIRM, KEEP -> HOLD_AND_CONFIRM;
                case RELEASE -> VOID;
            };
        }
        return switch (present) {
            case OPEN ->
                switch (wish) {
                    case HOLD -> NOTHING;
                    case CONFIRM, KEEP -> CONFIRM;
                    case RELEASE -> GIVE_BACK;
                };
            case CONFIRMED ->
                switch (wish) {
                    case HOLD, CONFIRM, KEEP -> NOTHING;
                    case RELEASE -> GIVE_BACK;
                };
            case EXPIRED ->
                switch (wish) {
                    // Who asks too late hears that the time has run out, and ends its order.
                    case HOLD, CONFIRM, RELEASE -> NOTHING;
                    case KEEP -> HOLD_AGAIN_AND_CONFIRM;
                };
            case RELEASED, REFUSED -> NOTHING;
        };
    }
}
