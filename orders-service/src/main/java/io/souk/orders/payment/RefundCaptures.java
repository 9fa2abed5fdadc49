package io.souk.orders.payment;

import io.smallrye.mutiny.Uni;
import io.souk.kit.tenant.Tx;
import jakarta.enterprise.context.ApplicationScoped;

import java.util.UUID;

/** Asks for everything back that was captured of a payment whose order has ended, in the caller's transaction. */
@ApplicationScoped
class RefundCaptures {
    private final PaymentRepository payments;
    private final MovementRepository movements;
    private final RecordPayment record;

    RefundCaptures(PaymentRepository payments, MovementRepository movements, RecordPayment record) {
        this.payments = payments;
        this.movements = movements;
        this.record = record;
    }

    /** Harmless when it was asked before, and for a payment of which nothing was captured. */
    Uni<Void> all(Tx tx, UUID order) {
        return payments.lock(tx, order)
                .chain(found -> found.filter(funds -> funds.isGivenBack() && funds.refundable() > 0)
                        .map(funds -> ask(tx, funds))
                        .orElseGet(() -> Uni.createFrom().voidItem()));
    }

    private Uni<Void> ask(Tx tx, Funds funds) {
        return movements
                .countRefused(tx, funds.payment(), CallKind.REFUND)
                .map(refused -> MovementId.ofReturn(tx.tenant(), funds, refused))
                .chain(id -> record.ask(tx, funds, id, CallKind.REFUND, funds.refundable()));
    }
}
