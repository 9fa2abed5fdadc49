package io.souk.orders.payment;

import io.smallrye.mutiny.Uni;
import io.souk.kit.outbox.Outbox;
import io.souk.kit.tenant.Tx;
import jakarta.enterprise.context.ApplicationScoped;

import java.util.Optional;
import java.util.UUID;

/** Writes a payment's versions: row and event together, in the caller's transaction. */
@ApplicationScoped
class RecordPayment {
    private final PaymentRepository payments;
    private final MovementRepository movements;
    private final HistoryRepository history;
    private final Outbox outbox;

    RecordPayment(PaymentRepository payments, MovementRepository movements, HistoryRepository history, Outbox outbox) {
        this.payments = payments;
        this.movements = movements;
        this.history = history;
        this.outbox = outbox;
    }

    /** Has the provider asked next; harmless when that was done before. */
    Uni<Void> authorise(Tx tx, UUID order) {
        return payments.authorise(tx, order).chain(funds -> tell(tx, funds, "status"));
    }

    /** Has the authorised amount given back, or never taken. */
    Uni<Void> release(Tx tx, UUID order) {
        return payments.release(tx, order).chain(funds -> tell(tx, funds, "status"));
    }

    /** Writes down how the call ended; the payment follows it unless it has gone on since the call was made. */
    Uni<Void> answer(Tx tx, Payment called, ProviderAnswer answer) {
        return payments.follow(tx, called, answer)
                .chain(funds -> tell(tx, funds, "status"))
                .chain(() -> history.add(tx, called.id(), called.version(), answer, null));
    }

    /** Takes into the books what was captured without them; the caller holds the payment's lock. */
    Uni<Void> addCaptured(Tx tx, Funds funds, long amount) {
        return payments.addCaptured(tx, funds, amount).chain(now -> tell(tx, now, "captured"));
    }

    /** Asks for a capture or a refund; the caller holds the payment's lock. */
    Uni<Void> ask(Tx tx, Funds funds, UUID id, CallKind kind, long amount) {
        return movements
                .ask(tx, funds, id, kind, amount)
                .chain(now -> tell(tx, now, kind == CallKind.CAPTURE ? "capturing" : "refunding"));
    }

    /** Whether this answer is the one that counts: the movement had none. The caller holds the payment's lock. */
    Uni<Boolean> end(Tx tx, Movement movement, ProviderAnswer answer) {
        return movements
                .end(tx, movement, answer)
                .call(now -> tell(tx, now, ended(movement.kind(), answer.outcome())))
                .map(Optional::isPresent);
    }

    /** What was refused is under way no longer, and nothing else has moved. */
    private static String[] ended(CallKind kind, CallOutcome outcome) {
        var underWay = kind == CallKind.CAPTURE ? "capturing" : "refunding";
        var done = kind == CallKind.CAPTURE ? "captured" : "refunded";
        return outcome == CallOutcome.SUCCEEDED ? new String[] {done, underWay} : new String[] {underWay};
    }

    private Uni<Void> tell(Tx tx, Optional<Funds> now, String... changed) {
        return now.map(funds -> outbox.append(tx, PaymentEvent.of(funds, changed)))
                .orElseGet(() -> Uni.createFrom().voidItem());
    }
}
