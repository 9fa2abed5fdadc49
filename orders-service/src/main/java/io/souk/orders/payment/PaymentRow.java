package io.souk.orders.payment;

import io.souk.kit.money.Money;
import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** A payment as it is read. */
record PaymentRow(
        UUID orderId,
        String provider,
        Funds funds,
        @Nullable String reference,
        List<MovementRow> movements) {
    PaymentRow {
        movements = List.copyOf(movements);
    }

    PaymentRow with(List<MovementRow> found) {
        return new PaymentRow(orderId, provider, funds, reference, found);
    }

    Money money(long amount) {
        return new Money(amount, funds.currency());
    }

    /** A capture or refund as it is read. */
    record MovementRow(
            UUID id,
            CallKind kind,
            long amount,
            MovementStatus status,
            @Nullable String reason,
            Instant askedAt) {}
}
