package io.souk.orders.order;

/** The name of an order's state, as API and events say it. */
public enum OrderStatus {
    PLACED,
    RESERVED,
    AUTHORISED,
    CONFIRMED,
    FULFILLED,
    DELIVERED,
    REJECTED,
    DECLINED,
    EXPIRED,
    CANCELLED;

    /** Whether checkout is over, well or not. */
    public boolean isOutcome() {
        return switch (this) {
            case PLACED, RESERVED, AUTHORISED -> false;
            case CONFIRMED, FULFILLED, DELIVERED, REJECTED, DECLINED, EXPIRED, CANCELLED -> true;
        };
    }

    /** Whether it was confirmed, and has not ended otherwise since: its goods are held or gone, its payment is authorised. */
    public boolean isSuccess() {
        return switch (this) {
            case CONFIRMED, FULFILLED, DELIVERED -> true;
            case PLACED, RESERVED, AUTHORISED, REJECTED, DECLINED, EXPIRED, CANCELLED -> false;
        };
    }
}
