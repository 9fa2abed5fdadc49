package io.souk.orders.cart;

import java.util.UUID;

/** What may be done with a cart. */
public sealed interface CartState {
    /** Anything. */
    record Open() implements CartState {}

    /** Nothing, until that order has its outcome. */
    record CheckedOut(UUID order) implements CartState {}

    /** Nothing any more: its lines are in that cart. */
    record Merged(UUID into) implements CartState {}
}
