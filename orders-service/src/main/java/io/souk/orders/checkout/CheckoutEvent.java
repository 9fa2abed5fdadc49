package io.souk.orders.checkout;

import io.souk.orders.order.Fulfilment;
import io.souk.orders.order.Refusal;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** Something that an order in checkout has to answer. */
sealed interface CheckoutEvent {
    /**
     * The stock is held.
     *
     * @param until when the reservation runs out, unless it is made final before
     */
    record StockReserved(UUID reservation, Instant until) implements CheckoutEvent {}

    record StockRefused(List<Refusal> refused) implements CheckoutEvent {}

    record ReservationConfirmed() implements CheckoutEvent {}

    /** Inventory let the goods leave. */
    record ReservationShipped(UUID reservation) implements CheckoutEvent {}

    /** Released or run out: the stock is no longer held. */
    record ReservationLost() implements CheckoutEvent {}

    record PaymentApproved() implements CheckoutEvent {}

    record PaymentRefused(String reason) implements CheckoutEvent {}

    /**
     * Somebody does not want the order any longer.
     *
     * @param reason told to everybody: names no person
     */
    record CancelAsked(String reason) implements CheckoutEvent {}

    /** The shop has sent them all. */
    record GoodsSent(Fulfilment fulfilment) implements CheckoutEvent {}

    record GoodsArrived() implements CheckoutEvent {}

    /** The present step got no answer in its time. */
    record DeadlinePassed() implements CheckoutEvent {}
}
