package io.souk.orders.payment;

import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Uni;
import io.souk.kit.stop.Background;
import io.souk.kit.sweep.Sweep;
import io.souk.kit.tenant.TenantId;
import io.souk.kit.tenant.Transactions;
import io.souk.kit.tenant.Tx;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import org.jboss.logging.Logger;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Calls the providers for the payments that are due: right after a commit that asked for it, and each second for what a
 * crash, a failure or a silent provider has left. Each answer is stored together with what it means for the order.
 */
@ApplicationScoped
class CallProviders implements Sweep, Background {
    private static final Logger LOG = Logger.getLogger(CallProviders.class);
    private static final int CALLS_PER_ROUND = 32;

    /** On one replica. A provider that never answers takes them all: 64 calls a second are then left for the others. */
    private static final int CALLS_AT_ONCE = 256;

    private final Transactions transactions;
    private final DuePaymentRepository payments;
    private final DueMovementRepository movements;
    private final RecordPayment record;
    private final EndMovement endMovement;
    private final PaymentOutcomes outcomes;
    private final Providers providers;
    private final MeterRegistry metrics;
    private final Semaphore places = new Semaphore(CALLS_AT_ONCE);
    private volatile boolean stopped;

    CallProviders(
            Transactions transactions,
            DuePaymentRepository payments,
            DueMovementRepository movements,
            RecordPayment record,
            EndMovement endMovement,
            PaymentOutcomes outcomes,
            Providers providers,
            MeterRegistry metrics) {
        this.transactions = transactions;
        this.payments = payments;
        this.movements = movements;
        this.record = record;
        this.endMovement = endMovement;
        this.outcomes = outcomes;
        this.providers = providers;
        this.metrics = metrics;
    }

    @Override
    public String name() {
        return "payments";
    }

    @Override
    public Duration pause() {
        return Duration.ofSeconds(1);
    }

    @Override
    public void stop() {
        stopped = true;
    }

    /** What is answered later is asked again by whoever runs then. */
    @Override
    public void awaitEnd(Duration most) throws InterruptedException {
        boolean _ = places.tryAcquire(CALLS_AT_ONCE, most.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** Takes what is due, as far as there are places, and calls without waiting for the answers. */
    @Override
    public Uni<Boolean> sweep() {
        int most = stopped ? 0 : Math.min(CALLS_PER_ROUND, places.availablePermits());
        if (most == 0 || !places.tryAcquire(most)) {
            return Uni.createFrom().item(false);
        }
        return transactions
                .asWorker(worker -> takeDue(worker, most))
                .onFailure()
                .invoke(() -> places.release(most))
                .invoke(due -> places.release(most - due.size()))
                .invoke(due -> due.forEach(this::start))
                .map(due -> due.size() == CALLS_PER_ROUND);
    }

    /** Movements have a quarter of the places at least: authorisations without an answer never keep them out. */
    private Uni<List<Due>> takeDue(SqlConnection worker, int most) {
        return movements
                .take(worker, Math.ceilDiv(most, 4))
                .chain(moving -> payments.take(worker, most - moving.size())
                        .map(paying -> Stream.<Due>concat(moving.stream(), paying.stream())
                                .toList()));
    }

    /** Calls for one order at once, without waiting for the sweep's turn; the sweep does it when there is no place. */
    void start(TenantId tenant, UUID order) {
        if (stopped || !places.tryAcquire()) {
            return;
        }
        transactions
                .inTenant(tenant, tx -> takeDue(tx, order))
                .subscribe()
                .with(due -> due.ifPresentOrElse(this::start, places::release), failure -> {
                    places.release();
                    LOG.debugf("the sweep will call: %s", failure);
                });
    }

    private Uni<Optional<Due>> takeDue(Tx tx, UUID order) {
        return payments.take(tx, order)
                .chain(payment -> payment.isPresent()
                        ? Uni.createFrom().item(payment.map(Due.class::cast))
                        : movements.take(tx, order).map(movement -> movement.map(Due.class::cast)));
    }

    /** In a place that was taken for it. */
    private void start(Due due) {
        call(due)
                .onTermination()
                .invoke(() -> places.release())
                .subscribe()
                .with(
                        _ -> {},
                        failure -> LOG.warnf(
                                "what became of the payment of order %s was not stored: %s", due.orderId(), failure));
    }

    private Uni<Void> call(Due due) {
        return switch (due) {
            case Payment payment -> call(payment);
            case Movement movement -> call(movement);
        };
    }

    private Uni<Void> call(Payment payment) {
        var token = payment.instruction().token();
        return switch (payment.status()) {
            case AUTHORISING ->
                providers
                        .ask(
                                payment.instruction(),
                                provider ->
                                        provider.authorise(payment.id(), payment.attempts(), token, payment.amount()))
                        .onItemOrFailure()
                        .transformToUni((verdict, failure) -> failure == null
                                ? authorised(payment, verdict)
                                : stored(payment, unanswered(payment, CallKind.AUTHORISE, failure)));
            case VOIDING ->
                providers
                        .ask(payment.instruction(), provider -> provider.cancel(payment.id(), token))
                        .onItemOrFailure()
                        .transformToUni((_, failure) -> stored(
                                payment,
                                failure == null ? ProviderAnswer.VOIDED : unanswered(payment, CallKind.VOID, failure)));
            case WAITING, AUTHORISED, DECLINED, VOIDED -> Uni.createFrom().voidItem();
        };
    }

    private Uni<Void> call(Movement movement) {
        return providers
                .ask(movement.instruction(), provider -> move(provider, movement))
                .onItemOrFailure()
                .transformToUni((verdict, failure) -> {
                    var answer = failure == null
                            ? ProviderAnswer.of(movement.kind(), verdict)
                            : unanswered(movement, movement.kind(), failure);
                    return store(movement, answer, tx -> endMovement.with(tx, movement, answer));
                });
    }

    private static Uni<Verdict> move(PaymentProvider provider, Movement movement) {
        var token = movement.instruction().token();
        return movement.kind() == CallKind.CAPTURE
                ? provider.capture(movement.paymentId(), movement.id(), token, movement.amount())
                : provider.refund(movement.paymentId(), movement.id(), token, movement.amount());
    }

    /** Written under the order's lock: every other path locks the order before the payment. */
    private Uni<Void> authorised(Payment payment, Verdict verdict) {
        var answer = ProviderAnswer.of(CallKind.AUTHORISE, verdict);
        return store(
                payment,
                answer,
                tx -> outcomes.answered(tx, payment.orderId(), verdict, () -> record.answer(tx, payment, answer)));
    }

    private Uni<Void> stored(Payment payment, ProviderAnswer answer) {
        return store(payment, answer, tx -> record.answer(tx, payment, answer));
    }

    private static ProviderAnswer unanswered(Due due, CallKind kind, Throwable failure) {
        LOG.warnf("%s for order %s got no answer at attempt %d: %s", kind, due.orderId(), due.attempts(), failure);
        return ProviderAnswer.none(kind, failure);
    }

    private Uni<Void> store(Due due, ProviderAnswer answer, Function<Tx, Uni<Void>> work) {
        metrics.counter(
                        "souk.payments.calls",
                        "provider",
                        due.instruction().provider(),
                        "kind",
                        answer.kind().name(),
                        "outcome",
                        answer.outcome().name())
                .increment();
        return transactions.inTenant(due.tenant(), work);
    }
}
