package io.souk.orders.payment;

import io.quarkus.arc.All;
import io.smallrye.mutiny.Uni;
import io.souk.kit.sweep.Sweep;
import io.souk.kit.tenant.TenantId;
import io.souk.kit.tenant.Transactions;
import io.souk.kit.tenant.Tx;
import jakarta.enterprise.context.ApplicationScoped;
import org.jboss.logging.Logger;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Calls the providers for the payments that are due: right after a commit that asked for it, and each second for what a
 * crash, a failure or a silent provider has left. Each answer is stored together with what it means for the order.
 */
@ApplicationScoped
class CallProviders implements Sweep {
    private static final Logger LOG = Logger.getLogger(CallProviders.class);
    private static final int CALLS_PER_ROUND = 32;
    private static final Duration PROVIDER_TIMEOUT = Duration.ofSeconds(4);

    private final Transactions transactions;
    private final PaymentRepository payments;
    private final PaymentOutcomes outcomes;
    private final Map<String, PaymentProvider> providers;

    CallProviders(
            Transactions transactions,
            PaymentRepository payments,
            PaymentOutcomes outcomes,
            @All List<PaymentProvider> providers) {
        this.transactions = transactions;
        this.payments = payments;
        this.outcomes = outcomes;
        this.providers = providers.stream().collect(Collectors.toMap(PaymentProvider::name, Function.identity()));
    }

    @Override
    public String name() {
        return "payments";
    }

    @Override
    public Duration pause() {
        return Duration.ofSeconds(1);
    }

    /** Takes what is due and calls without waiting for the answers: a silent provider holds up its own calls only. */
    @Override
    public Uni<Boolean> sweep() {
        return transactions
                .asWorker(worker -> payments.takeDue(worker, CALLS_PER_ROUND))
                .invoke(due -> due.forEach(this::start))
                .map(due -> due.size() == CALLS_PER_ROUND);
    }

    /** Calls for one order at once, without waiting for the sweep's turn. */
    void start(TenantId tenant, UUID order) {
        transactions
                .inTenant(tenant, tx -> payments.takeDue(tx, order))
                .subscribe()
                .with(due -> due.ifPresent(this::start), failure -> LOG.debugf("the sweep will call: %s", failure));
    }

    private void start(Payment payment) {
        call(payment)
                .subscribe()
                .with(
                        _ -> {},
                        failure -> LOG.warnf(
                                "payment %s got no answer at attempt %d: %s",
                                payment.id(), payment.attempts(), failure));
    }

    private Uni<Void> call(Payment payment) {
        var provider = providers.get(payment.instruction().provider());
        if (provider == null) {
            return Uni.createFrom()
                    .failure(new IllegalStateException(
                            "no provider " + payment.instruction().provider()));
        }
        return switch (payment.status()) {
            case AUTHORISING -> authorise(provider, payment);
            case VOIDING -> cancel(provider, payment);
            case WAITING, AUTHORISED, DECLINED, VOIDED -> Uni.createFrom().voidItem();
        };
    }

    private Uni<Void> authorise(PaymentProvider provider, Payment payment) {
        return provider.authorise(
                        payment.id(), payment.attempts(), payment.instruction().token(), payment.amount())
                .ifNoItem()
                .after(PROVIDER_TIMEOUT)
                .fail()
                .chain(answer -> transactions.inTenant(payment.tenant(), tx -> store(tx, payment, answer)));
    }

    /** The order is told first: it locks its row, and every other path locks the order before the payment. */
    private Uni<Void> store(Tx tx, Payment payment, Authorisation answer) {
        return outcomes.answered(tx, payment.orderId(), answer)
                .chain(() -> payments.answer(tx, payment.orderId(), ProviderAnswer.of(answer)));
    }

    private Uni<Void> cancel(PaymentProvider provider, Payment payment) {
        return provider.cancel(payment.id(), payment.instruction().token())
                .ifNoItem()
                .after(PROVIDER_TIMEOUT)
                .fail()
                .chain(() -> transactions.inTenant(
                        payment.tenant(), tx -> payments.answer(tx, payment.orderId(), ProviderAnswer.RELEASED)));
    }
}
