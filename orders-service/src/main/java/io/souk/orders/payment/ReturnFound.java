package io.souk.orders.payment;

import io.smallrye.mutiny.Uni;
import io.souk.kit.tenant.Tx;
import io.souk.orders.order.Incidents;
import io.souk.orders.order.RecordOrder;
import jakarta.enterprise.context.ApplicationScoped;

/** Gives back what a provider turned out to hold of an order that had ended, and tells people of it. */
@ApplicationScoped
class ReturnFound {
    private static final String FOUND = "found at the provider after the order had ended";

    private final RecordOrder orders;
    private final PaymentRepository payments;
    private final DuePaymentRepository due;
    private final HistoryRepository history;
    private final RecordPayment record;
    private final RequestPayment requestPayment;
    private final Incidents incidents;

    ReturnFound(
            RecordOrder orders,
            PaymentRepository payments,
            DuePaymentRepository due,
            HistoryRepository history,
            RecordPayment record,
            RequestPayment requestPayment,
            Incidents incidents) {
        this.orders = orders;
        this.payments = payments;
        this.due = due;
        this.history = history;
        this.record = record;
        this.requestPayment = requestPayment;
        this.incidents = incidents;
    }

    /**
     * Nothing when the payment has gone on since the provider was asked, or is about to: its next check sees what came
     * of it.
     */
    Uni<Void> of(Tx tx, Payment asked, Holding holding) {
        return orders.lock(tx, asked.orderId())
                .chain(() -> payments.lock(tx, asked.orderId()))
                .chain(found -> found.filter(funds -> funds.version() == asked.version() && !funds.isMoving())
                        .map(funds -> giveBack(tx, asked, funds, holding))
                        .orElseGet(() -> Uni.createFrom().voidItem()));
    }

    private Uni<Void> giveBack(Tx tx, Payment asked, Funds funds, Holding holding) {
        incidents.tell(
                tx,
                "the provider of the payment of order %s of %s holds %d and has taken %d minor units, although the order has ended"
                        .formatted(asked.orderId(), tx.tenant().value(), holding.authorised(), holding.captured()));
        return due.checked(tx, asked)
                .chain(() -> authorised(tx, funds, holding))
                .chain(() -> captured(tx, funds, holding))
                .chain(() -> requestPayment.release(tx, asked.orderId()));
    }

    private Uni<Void> authorised(Tx tx, Funds funds, Holding holding) {
        return holding.authorised() == 0
                ? Uni.createFrom().voidItem()
                : history.add(tx, funds.payment(), funds.version(), found(CallKind.AUTHORISE), null);
    }

    /**
     * What was captured and is not in our books gets into them, as far as it is of this payment, so that it can be
     * refunded.
     */
    private Uni<Void> captured(Tx tx, Funds funds, Holding holding) {
        long known = funds.captured() - funds.refunded();
        long unknown = Math.min(holding.captured() - known, funds.authorised() - funds.captured());
        return unknown <= 0
                ? Uni.createFrom().voidItem()
                : record.addCaptured(tx, funds, unknown)
                        .chain(() ->
                                history.add(tx, funds.payment(), funds.version(), found(CallKind.CAPTURE), unknown));
    }

    private static ProviderAnswer found(CallKind kind) {
        return new ProviderAnswer(kind, CallOutcome.SUCCEEDED, null, FOUND);
    }
}
