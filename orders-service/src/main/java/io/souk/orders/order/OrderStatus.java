package io.souk.orders.order;

/** The name of an order's state, as API and events say it. */
public enum OrderStatus {
    PLACED,
    RESERVED,
    AUTHORISED,
    CONFIRMED,
    REJECTED,
    DECLINED,
    EXPIRED,
    CANCELLED;

    /** Whether checkout is over, well or not. */
    public boolean isOutcome() {
        return switch (this) {
            case PLACED, RESERVED, AUTHORISED -> false;
            case CONFIRMED, REJECTED, DECLINED, EXPIRED, CANCELLED -> true;
        };
    }
}
