package io.souk.orders.payment;

import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.souk.kit.sweep.Sweep;
import io.souk.kit.tenant.Transactions;
import jakarta.enterprise.context.ApplicationScoped;
import org.jboss.logging.Logger;

import java.time.Duration;
import java.util.List;

/**
 * Asks the providers what they hold of payments that were given back or declined: ten minutes, two hours and a day
 * after it. An authorisation may come through after all, when the provider has forgotten that it was cancelled or when
 * our database was restored; what is found goes back.
 */
@ApplicationScoped
class CheckEndedPayments implements Sweep {
    private static final Logger LOG = Logger.getLogger(CheckEndedPayments.class);

    /** With all providers silent, a round of so many takes 50 s: less than the minute after which the first may be due again. */
    private static final int ROWS = 100;

    private static final int AT_ONCE = 8;

    private final Transactions transactions;
    private final DuePaymentRepository payments;
    private final Providers providers;
    private final ReturnFound returnFound;
    private final MeterRegistry metrics;

    CheckEndedPayments(
            Transactions transactions,
            DuePaymentRepository payments,
            Providers providers,
            ReturnFound returnFound,
            MeterRegistry metrics) {
        this.transactions = transactions;
        this.payments = payments;
        this.providers = providers;
        this.returnFound = returnFound;
        this.metrics = metrics;
    }

    @Override
    public String name() {
        return "ended-payments";
    }

    @Override
    public Duration pause() {
        return Duration.ofSeconds(1);
    }

    @Override
    public Uni<Boolean> sweep() {
        return transactions
                .asWorker(worker -> payments.takeChecks(worker, ROWS))
                .chain(due -> checkAll(due).replaceWith(due.size() == ROWS));
    }

    private Uni<Void> checkAll(List<Payment> due) {
        return Multi.createFrom()
                .iterable(due)
                .onItem()
                .transformToUni(this::check)
                .merge(AT_ONCE)
                .collect()
                .last()
                .replaceWithVoid();
    }

    private Uni<Void> check(Payment payment) {
        return providers
                .ask(
                        payment.instruction(),
                        provider -> provider.holding(
                                payment.id(), payment.instruction().token()))
                .onItemOrFailure()
                .transformToUni((holding, failure) ->
                        failure == null ? checked(payment, holding) : unanswered(payment, failure))
                .onFailure() // the other payments of the round are not this one's to stop
                .recoverWithUni(failure -> unanswered(payment, failure));
    }

    private Uni<Void> checked(Payment payment, Holding holding) {
        count(payment, holding.isNothing() ? "NOTHING" : "FOUND");
        return transactions.inTenant(
                payment.tenant(),
                tx -> holding.isNothing() ? payments.checked(tx, payment) : returnFound.of(tx, payment, holding));
    }

    /** It is asked again, less and less often. */
    private Uni<Void> unanswered(Payment payment, Throwable failure) {
        count(payment, "UNANSWERED");
        LOG.warnf("what the provider holds of the payment of order %s is unknown: %s", payment.orderId(), failure);
        return Uni.createFrom().voidItem();
    }

    private void count(Payment payment, String outcome) {
        metrics.counter(
                        "souk.payments.checks",
                        "provider",
                        payment.instruction().provider(),
                        "outcome",
                        outcome)
                .increment();
    }
}
