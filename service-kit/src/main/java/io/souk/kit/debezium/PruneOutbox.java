package io.souk.kit.debezium;

import io.smallrye.mutiny.Uni;
import io.souk.kit.debezium.DebeziumRepository.Seen;
import io.souk.kit.outbox.RelayConfig;
import io.souk.kit.sweep.Sweep;
import io.souk.kit.tenant.Transactions;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

import java.time.Duration;

/**
 * Takes events out of the outbox that Debezium's slot is past: looks which rows there are and how far the database's log is,
 * and removes those very rows when the slot has been confirmed that far. Without the slot, nothing goes.
 */
@ApplicationScoped
class PruneOutbox implements Sweep {
    private static final Duration EVERY = Duration.ofSeconds(1);
    private static final int ROWS = 10_000;

    private final Transactions transactions;
    private final DebeziumRepository outbox;
    private final RelayConfig config;
    private final String slot;

    /** By one turn of the sweep at a time. */
    private @Nullable Seen seen;

    PruneOutbox(
            @ConfigProperty(name = "souk.service") String service,
            Transactions transactions,
            DebeziumRepository outbox,
            RelayConfig config) {
        this.transactions = transactions;
        this.outbox = outbox;
        this.config = config;
        slot = "souk_" + service;
    }

    @Override
    public String name() {
        return "prune-outbox";
    }

    @Override
    public Duration pause() {
        return EVERY;
    }

    @Override
    public Uni<Boolean> sweep() {
        if (config.enabled()) {
            return Uni.createFrom().item(false);
        }
        var before = seen;
        if (before == null) {
            return look().replaceWith(false);
        }
        return transactions
                .asWorker(worker -> outbox.isPast(worker, slot, before.position()))
                .chain(past -> past ? prune(before) : Uni.createFrom().item(false));
    }

    /** In two transactions: what the first one saw has been committed before it asked for the position. */
    private Uni<Void> look() {
        return transactions
                .asWorker(worker -> outbox.rows(worker, ROWS))
                .chain(rows -> transactions
                        .asWorker(outbox::position)
                        .map(position -> rows.isEmpty() ? null : new Seen(rows, position)))
                .invoke(found -> seen = found)
                .replaceWithVoid();
    }

    private Uni<Boolean> prune(Seen past) {
        return transactions
                .asWorker(worker -> outbox.delete(worker, past.rows()))
                .chain(this::look)
                .replaceWith(past.rows().size() == ROWS);
    }
}
