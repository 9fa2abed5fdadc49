package io.souk.orders.order;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.UUID;

import static java.util.Objects.requireNonNullElse;

/** A state laid out flat, as rows, events and answers carry it. */
record StateSummary(
        OrderStatus status,
        @Nullable UUID reservation,
        List<Refusal> refused,
        @Nullable String reason,
        @Nullable Fulfilment fulfilment) {

    static StateSummary of(OrderState state) {
        return switch (state) {
            case OrderState.Placed _ -> flat(state, null, null);
            case OrderState.Reserved reserved -> flat(state, reserved.reservation(), null);
            case OrderState.Authorised authorised -> flat(state, authorised.reservation(), null);
            case OrderState.Confirmed confirmed -> flat(state, confirmed.reservation(), null);
            case OrderState.Fulfilled fulfilled -> sent(state, fulfilled.reservation(), fulfilled.fulfilment());
            case OrderState.Delivered delivered -> sent(state, delivered.reservation(), delivered.fulfilment());
            case OrderState.Rejected rejected -> new StateSummary(state.status(), null, rejected.refused(), null, null);
            case OrderState.Declined declined -> flat(state, declined.reservation(), declined.reason());
            case OrderState.Expired expired -> flat(state, expired.reservation(), expired.reason());
            case OrderState.Cancelled cancelled -> flat(state, cancelled.reservation(), cancelled.reason());
        };
    }

    private static StateSummary flat(OrderState state, @Nullable UUID reservation, @Nullable String reason) {
        return new StateSummary(state.status(), reservation, List.of(), reason, null);
    }

    private static StateSummary sent(OrderState state, UUID reservation, Fulfilment fulfilment) {
        return new StateSummary(state.status(), reservation, List.of(), null, fulfilment);
    }

    /** The state again; fails for a row that could not have been written. */
    OrderState state() {
        return switch (status) {
            case PLACED -> new OrderState.Placed();
            case RESERVED -> new OrderState.Reserved(held());
            case AUTHORISED -> new OrderState.Authorised(held());
            case CONFIRMED -> new OrderState.Confirmed(held());
            case FULFILLED -> new OrderState.Fulfilled(held(), requireNonNullElse(fulfilment, Fulfilment.UNTOLD));
            case DELIVERED -> new OrderState.Delivered(held(), requireNonNullElse(fulfilment, Fulfilment.UNTOLD));
            case REJECTED -> new OrderState.Rejected(refused);
            case DECLINED -> new OrderState.Declined(held(), why());
            case EXPIRED -> new OrderState.Expired(reservation, why());
            case CANCELLED -> new OrderState.Cancelled(reservation, why());
        };
    }

    private UUID held() {
        if (reservation == null) {
            throw new IllegalStateException(status + " without a reservation");
        }
        return reservation;
    }

    private String why() {
        return reason == null ? "" : reason;
    }
}
