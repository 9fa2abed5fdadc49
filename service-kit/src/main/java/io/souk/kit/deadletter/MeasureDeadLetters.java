package io.souk.kit.deadletter;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import io.smallrye.mutiny.Uni;
import io.souk.kit.consumer.Redrive;
import io.souk.kit.sweep.Sweep;
import io.souk.kit.tenant.Transactions;
import jakarta.enterprise.context.ApplicationScoped;

import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/** Looks from time to time how many letters are open, by consumer, for the gauge: the same number on every replica. */
@ApplicationScoped
class MeasureDeadLetters implements Sweep {
    private static final Duration EVERY = Duration.ofSeconds(5);

    private final Transactions transactions;
    private final DeadLetterRepository letters;
    private final Redrive redrive;
    private final MultiGauge open;

    MeasureDeadLetters(
            Transactions transactions, DeadLetterRepository letters, Redrive redrive, MeterRegistry metrics) {
        this.transactions = transactions;
        this.letters = letters;
        this.redrive = redrive;
        open = MultiGauge.builder("souk.dead.letters.open").register(metrics);
    }

    @Override
    public String name() {
        return "measure-dead-letters";
    }

    @Override
    public Duration pause() {
        return EVERY;
    }

    @Override
    public Uni<Boolean> sweep() {
        return transactions.asWorker(letters::countOpen).invoke(this::show).replaceWith(false);
    }

    /** A consumer without any has 0, which an absent number would not say. */
    private void show(Map<String, Long> some) {
        var counts = new TreeMap<>(some);
        redrive.consumers().forEach(consumer -> counts.putIfAbsent(consumer, 0L));
        var rows = counts.entrySet().stream()
                .<Row<?>>map(count -> Row.of(Tags.of("consumer", count.getKey()), count.getValue()))
                .toList();
        open.register(rows, true);
    }
}
