package io.souk.orders.payment;

import io.smallrye.mutiny.Uni;
import io.souk.kit.id.Ids;
import io.souk.kit.money.Money;
import io.souk.kit.tenant.Tx;
import jakarta.enterprise.context.ApplicationScoped;

import java.util.UUID;

/** Asks for a payment in the caller's transaction; the provider is called after its commit. */
@ApplicationScoped
public class RequestPayment {
    private final PaymentRepository payments;
    private final RecordPayment record;
    private final CaptureRest captureRest;
    private final RefundCaptures refundCaptures;
    private final CallProviders callProviders;
    private final Providers providers;

    RequestPayment(
            PaymentRepository payments,
            RecordPayment record,
            CaptureRest captureRest,
            RefundCaptures refundCaptures,
            CallProviders callProviders,
            Providers providers) {
        this.payments = payments;
        this.record = record;
        this.captureRest = captureRest;
        this.refundCaptures = refundCaptures;
        this.callProviders = callProviders;
        this.providers = providers;
    }

    /** Whether payments can be asked of that provider. */
    public boolean knows(String provider) {
        return providers.knows(provider);
    }

    /** Whether that provider, which is known, would take the token; else it may be a card's number, and must not be stored. */
    public boolean takes(PaymentInstruction instruction) {
        return providers.takes(instruction);
    }

    /** Keeps the instruction until the order is ready to be paid. */
    public Uni<Void> prepare(Tx tx, UUID order, PaymentInstruction instruction, Money amount) {
        return payments.insert(tx, order, Ids.next(), instruction, amount);
    }

    /** Has the order's amount authorised; harmless when that was asked before. */
    public Uni<Void> authorise(Tx tx, UUID order) {
        tx.afterCommit(() -> callProviders.start(tx.tenant(), order));
        return record.authorise(tx, order);
    }

    /**
     * Has all captured that is authorised, and neither captured nor being captured yet. Harmless when nothing is left, and for a
     * payment that is not authorised.
     */
    public Uni<Void> captureRest(Tx tx, UUID order) {
        tx.afterCommit(() -> callProviders.start(tx.tenant(), order));
        return captureRest.of(tx, order);
    }

    /**
     * Has the amount given back, or never taken, whatever has become of the authorisation and of its captures. Harmless when
     * asked before; it must be asked again when an approval comes after it.
     */
    public Uni<Void> release(Tx tx, UUID order) {
        tx.afterCommit(() -> callProviders.start(tx.tenant(), order));
        return record.release(tx, order).chain(() -> refundCaptures.all(tx, order));
    }
}
