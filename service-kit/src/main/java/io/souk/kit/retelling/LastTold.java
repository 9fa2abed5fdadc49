package io.souk.kit.retelling;

import io.souk.kit.event.Order;

/** The newest that the log says of an aggregate. */
record LastTold(Order order, boolean deleted) {
    /** Records may come again behind newer ones. */
    LastTold or(LastTold other) {
        return other.order.compareTo(order) > 0 ? other : this;
    }
}
