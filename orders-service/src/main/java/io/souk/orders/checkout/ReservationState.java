package io.souk.orders.checkout;

import io.quarkus.runtime.annotations.RegisterForReflection;
import io.souk.orders.order.Refusal;
import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

import static java.util.Objects.requireNonNull;

/** The part of inventory's reservation that checkout needs; without an {@code orderId}, it is no order's. */
@RegisterForReflection
record ReservationState(UUID id, @Nullable UUID orderId, Status status, List<Refusal> refused, Instant expiresAt) {
    enum Status {
        OPEN,
        CONFIRMED,
        SHIPPED,
        RELEASED,
        EXPIRED,
        REFUSED
    }

    ReservationState {
        requireNonNull(id, "id");
        requireNonNull(status, "status");
        requireNonNull(expiresAt, "expiresAt");
    }

    CheckoutEvent event() {
        return switch (status) {
            case OPEN -> new CheckoutEvent.StockReserved(id, expiresAt);
            case REFUSED -> new CheckoutEvent.StockRefused(refused);
            case CONFIRMED -> new CheckoutEvent.ReservationConfirmed();
            case SHIPPED -> new CheckoutEvent.ReservationShipped(id);
            case RELEASED, EXPIRED -> new CheckoutEvent.ReservationLost();
        };
    }
}
