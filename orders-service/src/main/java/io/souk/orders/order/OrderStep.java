package io.souk.orders.order;

import java.time.Instant;

/** An entry of an order's timeline. */
public record OrderStep(long version, OrderStatus status, String note, Instant at) {}
