package io.souk.orders.order;

import io.souk.kit.money.Money;
import io.souk.orders.customer.PostalAddress;
import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * An order as it stands at one version.
 *
 * @param customer the subject of the token that placed it; stays in this service
 * @param shippingAddress a customer's address as it was when the order was placed; null when none was named
 * @param replaces the customer's own reservation whose place the order takes; null for none
 * @param deadline until when the present step waits for its answer
 */
public record Order(
        UUID id,
        long version,
        String customer,
        @Nullable PostalAddress shippingAddress,
        @Nullable UUID replaces,
        List<OrderLine> lines,
        Money total,
        OrderState state,
        Instant placedAt,
        Instant updatedAt,
        Instant deadline) {
    public static final int MAX_LINES = 100;

    public Order {
        lines = List.copyOf(lines);
        if (lines.isEmpty() || lines.size() > MAX_LINES) {
            throw new IllegalArgumentException("an order has 1 to " + MAX_LINES + " lines");
        }
    }

    /** A new order; fails with {@link ArithmeticException} when the total is beyond the largest amount. */
    public static Order place(UUID id, String customer, List<OrderLine> lines, Instant now, Instant deadline) {
        var total = lines.stream().map(OrderLine::total).reduce(Money::plus).orElseThrow();
        return new Order(id, 1, customer, null, null, lines, total, new OrderState.Placed(), now, now, deadline);
    }

    public Order in(OrderState next, Instant now, Instant nextDeadline) {
        return new Order(
                id, version + 1, customer, shippingAddress, replaces, lines, total, next, placedAt, now, nextDeadline);
    }

    /** The same order, going there; null: nobody says where. */
    public Order to(@Nullable PostalAddress address) {
        return new Order(id, version, customer, address, replaces, lines, total, state, placedAt, updatedAt, deadline);
    }

    /** The same order, with the units of that reservation; null: with free ones. */
    public Order inPlaceOf(@Nullable UUID hold) {
        return new Order(
                id, version, customer, shippingAddress, hold, lines, total, state, placedAt, updatedAt, deadline);
    }

    /** The same order as those see it who are not told who bought: without the address and the parcel's number. */
    public Order impersonal() {
        var told =
                switch (state) {
                    case OrderState.Fulfilled(var reservation, var fulfilment) ->
                        new OrderState.Fulfilled(reservation, fulfilment.untracked());
                    case OrderState.Delivered(var reservation, var fulfilment) ->
                        new OrderState.Delivered(reservation, fulfilment.untracked());
                    case OrderState.Placed _,
                            OrderState.Reserved _,
                            OrderState.Authorised _,
                            OrderState.Confirmed _,
                            OrderState.Rejected _,
                            OrderState.Declined _,
                            OrderState.Expired _,
                            OrderState.Cancelled _ -> state;
                };
        return new Order(id, version, customer, null, replaces, lines, total, told, placedAt, updatedAt, deadline);
    }

    public OrderStatus status() {
        return state.status();
    }
}
