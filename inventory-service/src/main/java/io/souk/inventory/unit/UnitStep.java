package io.souk.inventory.unit;

import org.jspecify.annotations.Nullable;

/** What it means that a unit goes from one status to another: a pure function of the two. */
enum UnitStep {
    /** It stands there already. */
    NOTHING,
    /** Nothing moves in stock. */
    RELABEL,
    /** What was waited for is here: one more on hand. */
    ARRIVE,
    /** It is gone without being sold, and somebody says why: one less on hand. */
    WRITE_OFF,
    /** What was written off is here all the same: one more on hand. */
    FIND,
    /** Whoever bought it has sent it back: one more on hand. */
    COME_BACK,
    /** A confirmed reservation takes it. */
    PROMISE,
    /** The reservation that had it has ended. */
    GIVE_BACK,
    /** It leaves the house: one less on hand, and one less reserved. */
    SHIP,
    /** It has arrived. */
    DELIVER;

    /** Null for what cannot happen to a unit. */
    static @Nullable UnitStep of(UnitStatus from, UnitStatus to) {
        if (from == to) {
            return NOTHING;
        }
        return switch (from) {
            case INCOMING ->
                switch (to) {
                    case AVAILABLE, CONSIGNED -> ARRIVE;
                    case CANCELLED -> RELABEL;
                    case INCOMING, NEED_SHIPPING, PACKED, OUTGOING, SALE_COMPLETED -> null;
                };
            case AVAILABLE, CONSIGNED ->
                switch (to) {
                    case AVAILABLE, CONSIGNED -> RELABEL;
                    case NEED_SHIPPING -> PROMISE;
                    case CANCELLED -> WRITE_OFF;
                    case INCOMING, PACKED, OUTGOING, SALE_COMPLETED -> null;
                };
            case NEED_SHIPPING, PACKED ->
                switch (to) {
                    case NEED_SHIPPING, PACKED -> RELABEL;
                    case AVAILABLE, CONSIGNED -> GIVE_BACK;
                    case OUTGOING -> SHIP;
                    case INCOMING, SALE_COMPLETED, CANCELLED -> null;
                };
            case OUTGOING ->
                switch (to) {
                    case SALE_COMPLETED -> DELIVER;
                    case AVAILABLE, CONSIGNED -> COME_BACK;
                    case INCOMING, NEED_SHIPPING, PACKED, OUTGOING, CANCELLED -> null;
                };
            case SALE_COMPLETED ->
                switch (to) {
                    case AVAILABLE, CONSIGNED -> COME_BACK;
                    case INCOMING, NEED_SHIPPING, PACKED, OUTGOING, SALE_COMPLETED, CANCELLED -> null;
                };
            case CANCELLED ->
                switch (to) {
                    case AVAILABLE, CONSIGNED -> FIND;
                    case INCOMING, NEED_SHIPPING, PACKED, OUTGOING, SALE_COMPLETED, CANCELLED -> null;
                };
        };
    }

    /** Whether people say it of a unit; the others follow from its reservation. */
    boolean isSaidByPeople() {
        return switch (this) {
            case NOTHING, RELABEL, ARRIVE, WRITE_OFF, FIND, COME_BACK, DELIVER -> true;
            case PROMISE, GIVE_BACK, SHIP -> false;
        };
    }
}
