package io.souk.orders.payment;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.arc.All;
import io.smallrye.mutiny.Uni;
import io.souk.kit.stop.Background;
import io.souk.kit.sweep.Sweep;
import io.souk.kit.tenant.TenantId;
import io.souk.kit.tenant.Transactions;
import io.souk.kit.tenant.Tx;
import io.souk.orders.payment.ProviderAnswer.Kind;
import jakarta.enterprise.context.ApplicationScoped;
import org.jboss.logging.Logger;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;

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

    /** Shorter than the 5 s after which the same payment may be due again. */
    private static final Duration PROVIDER_TIMEOUT = Duration.ofSeconds(4);

    private final Transactions transactions;
    private final PaymentRepository payments;
    private final PaymentOutcomes outcomes;
    private final Map<String, PaymentProvider> providers;
    private final MeterRegistry metrics;
    private final Semaphore places = new Semaphore(CALLS_AT_ONCE);
    private volatile boolean stopped;

    CallProviders(
            Transactions transactions,
            PaymentRepository payments,
            PaymentOutcomes outcomes,
            @All List<PaymentProvider> providers,
            MeterRegistry metrics) {
        this.transactions = transactions;
        this.payments = payments;
        this.outcomes = outcomes;
        this.providers = providers.stream().collect(Collectors.toMap(PaymentProvider::name, Function.identity()));
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
                .asWorker(worker -> payments.takeDue(worker, most))
                .onFailure()
                .invoke(() -> places.release(most))
                .invoke(due -> places.release(most - due.size()))
                .invoke(due -> due.forEach(this::start))
                .map(due -> due.size() == CALLS_PER_ROUND);
    }

    /** Calls for one order at once, without waiting for the sweep's turn; the sweep does it when there is no place. */
    void start(TenantId tenant, UUID order) {
        if (stopped || !places.tryAcquire()) {
            return;
        }
        transactions
                .inTenant(tenant, tx -> payments.takeDue(tx, order))
                .subscribe()
                .with(due -> due.ifPresentOrElse(this::start, places::release), failure -> {
                    places.release();
                    LOG.debugf("the sweep will call: %s", failure);
                });
    }

    /** In a place that was taken for it. */
    private void start(Payment payment) {
        call(payment)
                .onTermination()
                .invoke(() -> places.release())
                .subscribe()
                .with(
                        _ -> {},
                        failure -> LOG.warnf("what became of payment %s was not stored: %s", payment.id(), failure));
    }

    private Uni<Void> call(Payment payment) {
        return switch (payment.status()) {
            case AUTHORISING ->
                asked(() -> providerOf(payment)
                                .authorise(
                                        payment.id(),
                                        payment.attempts(),
                                        payment.instruction().token(),
                                        payment.amount()))
                        .onItemOrFailure()
                        .transformToUni((answer, failure) -> failure == null
                                ? authorised(payment, answer)
                                : unanswered(payment, Kind.AUTHORISE, failure));
            case VOIDING ->
                asked(() -> providerOf(payment)
                                .cancel(payment.id(), payment.instruction().token()))
                        .onItemOrFailure()
                        .transformToUni((_, failure) -> failure == null
                                ? stored(payment, ProviderAnswer.RELEASED)
                                : unanswered(payment, Kind.VOID, failure));
            case WAITING, AUTHORISED, DECLINED, VOIDED -> Uni.createFrom().voidItem();
        };
    }

    /** Whatever goes wrong in the provider is a failure of the call and of nothing else. */
    private static <T> Uni<T> asked(Supplier<Uni<? extends T>> call) {
        return Uni.createFrom()
                .deferred(call)
                .ifNoItem()
                .after(PROVIDER_TIMEOUT)
                .fail();
    }

    private PaymentProvider providerOf(Payment payment) {
        var name = payment.instruction().provider();
        var provider = providers.get(name);
        if (provider == null) {
            throw new IllegalStateException("there is no provider " + name);
        }
        return provider;
    }

    /** The order is told first: it locks its row, and every other path locks the order before the payment. */
    private Uni<Void> authorised(Payment payment, Authorisation authorisation) {
        var answer = ProviderAnswer.of(authorisation);
        return store(
                payment,
                answer,
                tx -> outcomes.answered(tx, payment.orderId(), authorisation)
                        .chain(() -> payments.answer(tx, payment, answer)));
    }

    private Uni<Void> stored(Payment payment, ProviderAnswer answer) {
        return store(payment, answer, tx -> payments.answer(tx, payment, answer));
    }

    private Uni<Void> unanswered(Payment payment, Kind kind, Throwable failure) {
        LOG.warnf("payment %s got no answer at attempt %d: %s", payment.id(), payment.attempts(), failure);
        return stored(payment, ProviderAnswer.none(kind, failure));
    }

    private Uni<Void> store(Payment payment, ProviderAnswer answer, Function<Tx, Uni<Void>> work) {
        metrics.counter(
                        "souk.payments.calls",
                        "provider",
                        payment.instruction().provider(),
                        "kind",
                        answer.kind().name(),
                        "outcome",
                        answer.outcome().name())
                .increment();
        return transactions.inTenant(payment.tenant(), work);
    }
}
