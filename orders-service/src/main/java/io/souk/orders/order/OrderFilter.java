package io.souk.orders.order;

import org.jspecify.annotations.Nullable;

import java.util.EnumSet;
import java.util.Set;
import java.util.UUID;

/**
 * What a list of orders is narrowed to.
 *
 * @param customerId those of that customer alone; null for everybody's
 * @param statuses those that stand in one of them, and never empty: every status, unless some are named
 */
record OrderFilter(@Nullable UUID customerId, Set<OrderStatus> statuses) {
    OrderFilter {
        statuses = Set.copyOf(statuses);
    }

    /** @param named none: every status */
    static OrderFilter of(@Nullable UUID customerId, Set<OrderStatus> named) {
        return new OrderFilter(customerId, named.isEmpty() ? EnumSet.allOf(OrderStatus.class) : named);
    }

    boolean isOfEveryStatus() {
        return statuses.size() == OrderStatus.values().length;
    }
}
