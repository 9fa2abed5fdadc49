package io.souk.kit.deadletter;

import io.smallrye.mutiny.Uni;
import io.souk.kit.event.EventsConfig;
import io.souk.kit.sweep.Sweep;
import io.souk.kit.tenant.Transactions;
import jakarta.enterprise.context.ApplicationScoped;

import java.time.Duration;

/** Forgets letters when the topic does, whatever became of them. */
@ApplicationScoped
class SweepDeadLetters implements Sweep {
    /** A letter is up to 1 MiB. */
    private static final int ROWS = 100;

    private final Transactions transactions;
    private final DeadLetterRepository letters;
    private final EventsConfig config;

    SweepDeadLetters(Transactions transactions, DeadLetterRepository letters, EventsConfig config) {
        this.transactions = transactions;
        this.letters = letters;
        this.config = config;
    }

    @Override
    public String name() {
        return "dead-letters";
    }

    @Override
    public Duration pause() {
        return Duration.ofMinutes(10);
    }

    @Override
    public Uni<Boolean> sweep() {
        return transactions
                .asWorker(worker -> letters.forget(worker, config.deadLetterRetention(), ROWS))
                .map(forgotten -> forgotten == ROWS);
    }
}
