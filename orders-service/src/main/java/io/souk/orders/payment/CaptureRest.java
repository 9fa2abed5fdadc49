package io.souk.orders.payment;

import io.smallrye.mutiny.Uni;
import io.souk.kit.tenant.Tx;
import jakarta.enterprise.context.ApplicationScoped;

import java.util.UUID;

/** Asks for everything that is authorised and was not asked for yet, in the caller's transaction. */
@ApplicationScoped
class CaptureRest {
    private final PaymentRepository payments;
    private final MovementRepository movements;
    private final RecordPayment record;

    CaptureRest(PaymentRepository payments, MovementRepository movements, RecordPayment record) {
        this.payments = payments;
        this.movements = movements;
        this.record = record;
    }

    /** Harmless when it was asked before, and for a payment of which nothing can be captured. */
    Uni<Void> of(Tx tx, UUID order) {
        return payments.lock(tx, order)
                .chain(found -> found.filter(funds -> funds.capturable() > 0)
                        .map(funds -> ask(tx, funds))
                        .orElseGet(() -> Uni.createFrom().voidItem()));
    }

    private Uni<Void> ask(Tx tx, Funds funds) {
        return movements
                .countRefused(tx, funds.payment(), CallKind.CAPTURE)
                .map(refused -> MovementId.ofRest(tx.tenant(), funds, refused))
                .chain(id -> record.ask(tx, funds, id, CallKind.CAPTURE, funds.capturable()));
    }
}
