package io.souk.orders.payment;

import io.smallrye.mutiny.Uni;
import io.souk.kit.tenant.Tx;
import io.souk.orders.order.FindOrders;
import io.souk.orders.order.Incidents;
import io.souk.orders.order.OrderStatus;
import jakarta.enterprise.context.ApplicationScoped;

/** Writes down what a provider said to a capture or a refund. */
@ApplicationScoped
class EndMovement {
    private final PaymentRepository payments;
    private final HistoryRepository history;
    private final RecordPayment record;
    private final RefundCaptures refundCaptures;
    private final FindOrders findOrders;
    private final Incidents incidents;

    EndMovement(
            PaymentRepository payments,
            HistoryRepository history,
            RecordPayment record,
            RefundCaptures refundCaptures,
            FindOrders findOrders,
            Incidents incidents) {
        this.payments = payments;
        this.history = history;
        this.record = record;
        this.refundCaptures = refundCaptures;
        this.findOrders = findOrders;
        this.incidents = incidents;
    }

    /**
     * Once, however often the provider was asked. What is captured for an order that has ended meanwhile is asked back at
     * once; a refund that the provider refuses is told as an incident, since somebody still has to pay it, and so is a capture
     * that it refuses for goods that have left.
     */
    Uni<Void> with(Tx tx, Movement movement, ProviderAnswer answer) {
        return payments.lock(tx, movement.orderId())
                .chain(() -> answer.outcome().isAnswer()
                        ? end(tx, movement, answer)
                        : Uni.createFrom().voidItem())
                .chain(() -> history.add(
                        tx,
                        movement.paymentId(),
                        movement.version(),
                        answer,
                        movement.amount().amount()));
    }

    private Uni<Void> end(Tx tx, Movement movement, ProviderAnswer answer) {
        return record.end(tx, movement, answer).chain(first -> {
            if (!first) {
                return Uni.createFrom().voidItem();
            }
            return switch (movement.kind()) {
                case CAPTURE ->
                    answer.outcome() == CallOutcome.REFUSED
                            ? notCaptured(tx, movement, answer)
                            : refundCaptures.all(tx, movement.orderId());
                case REFUND, AUTHORISE, VOID -> {
                    if (answer.outcome() == CallOutcome.REFUSED) {
                        report(tx, movement, answer);
                    }
                    yield Uni.createFrom().voidItem();
                }
            };
        });
    }

    /** Goods leave under the lock of the payment too, so they are seen here, or their leaving sees what was refused. */
    private Uni<Void> notCaptured(Tx tx, Movement movement, ProviderAnswer answer) {
        return findOrders
                .status(tx, movement.orderId())
                .invoke(status -> {
                    if (status == OrderStatus.FULFILLED || status == OrderStatus.DELIVERED) {
                        report(tx, movement, answer);
                    }
                })
                .replaceWithVoid();
    }

    private void report(Tx tx, Movement movement, ProviderAnswer answer) {
        incidents.tell(
                tx,
                "the provider refused to %s %d minor units of order %s of %s: %s"
                        .formatted(
                                movement.kind() == CallKind.CAPTURE ? "capture" : "refund",
                                movement.amount().amount(),
                                movement.orderId(),
                                movement.tenant().value(),
                                answer.detail()));
    }
}
