package io.souk.orders.payment;

import io.quarkus.runtime.annotations.RegisterForReflection;
import io.souk.kit.event.AggregateType;
import io.souk.kit.event.Change;
import io.souk.kit.money.Money;

import java.util.List;
import java.util.UUID;

/** What other services learn of an order's payment: where its money is, and nothing about who pays or with what. */
@RegisterForReflection
public record PaymentEvent(
        UUID id,
        UUID orderId,
        long version,
        PaymentStatus status,
        Money amount,
        Money captured,
        Money capturing,
        Money refunded,
        Money refunding,
        List<String> changed) {
    public static final AggregateType PAYMENT = new AggregateType("orders", "payment");

    /** The first version only waits for the stock; nobody is told of it. */
    private static final long FIRST_TOLD = 2;

    private static final List<String> ALL =
            List.of("orderId", "status", "amount", "captured", "capturing", "refunded", "refunding");

    static Change of(Funds funds, String... changed) {
        return of(funds, funds.version() == FIRST_TOLD ? ALL : List.of(changed));
    }

    /** The payment's present version once more. */
    static Change again(Funds funds) {
        return of(funds, List.of());
    }

    private static Change of(Funds funds, List<String> changed) {
        var event = new PaymentEvent(
                funds.payment(),
                funds.order(),
                funds.version(),
                funds.status(),
                funds.money(funds.authorised()),
                funds.money(funds.captured()),
                funds.money(funds.capturing()),
                funds.money(funds.refunded()),
                funds.money(funds.refunding()),
                changed);
        return Change.changed(PAYMENT, funds.payment(), funds.version(), event);
    }
}
