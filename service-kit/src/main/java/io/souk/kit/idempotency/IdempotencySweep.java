package io.souk.kit.idempotency;

import io.smallrye.mutiny.Uni;
import io.souk.kit.sweep.Sweep;
import io.souk.kit.tenant.Transactions;
import jakarta.enterprise.context.ApplicationScoped;

import java.time.Duration;

/** Removes answers that are older than promised, a few hundred rows per transaction. */
@ApplicationScoped
class IdempotencySweep implements Sweep {
    private final Transactions transactions;
    private final IdempotencyRepository repository;
    private final IdempotencyConfig config;

    IdempotencySweep(Transactions transactions, IdempotencyRepository repository, IdempotencyConfig config) {
        this.transactions = transactions;
        this.repository = repository;
        this.config = config;
    }

    @Override
    public String name() {
        return "idempotency-keys";
    }

    @Override
    public Duration pause() {
        return config.sweepEvery();
    }

    @Override
    public Uni<Boolean> sweep() {
        return transactions
                .asWorker(worker -> repository.sweep(worker, config.keepFor(), config.sweepRows()))
                .map(removed -> removed == config.sweepRows());
    }
}
