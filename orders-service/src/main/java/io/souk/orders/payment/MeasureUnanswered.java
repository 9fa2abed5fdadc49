package io.souk.orders.payment;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import io.smallrye.mutiny.Uni;
import io.souk.kit.sweep.Sweep;
import io.souk.kit.tenant.Transactions;
import jakarta.enterprise.context.ApplicationScoped;

import java.time.Duration;
import java.util.Arrays;
import java.util.Map;

/** Looks from time to time what providers were asked many times in vain, for the gauge: the same number on every replica. */
@ApplicationScoped
class MeasureUnanswered implements Sweep {
    private static final Duration EVERY = Duration.ofSeconds(10);

    private final Transactions transactions;
    private final UnansweredRepository unanswered;
    private final MultiGauge gauge;

    MeasureUnanswered(Transactions transactions, UnansweredRepository unanswered, MeterRegistry metrics) {
        this.transactions = transactions;
        this.unanswered = unanswered;
        gauge = MultiGauge.builder("souk.payments.unanswered").register(metrics);
    }

    @Override
    public String name() {
        return "measure-unanswered";
    }

    @Override
    public Duration pause() {
        return EVERY;
    }

    @Override
    public Uni<Boolean> sweep() {
        return transactions.asWorker(unanswered::count).invoke(this::show).replaceWith(false);
    }

    /** A question without any has 0, which an absent number would not say. */
    private void show(Map<Question, Long> counts) {
        gauge.register(
                Arrays.stream(Question.values())
                        .<Row<?>>map(question ->
                                Row.of(Tags.of("question", question.name()), counts.getOrDefault(question, 0L)))
                        .toList(),
                true);
    }

    /** What a provider is asked: to do something, or what it holds. */
    enum Question {
        AUTHORISE,
        VOID,
        CAPTURE,
        REFUND,
        HOLDING
    }
}
