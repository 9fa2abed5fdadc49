package io.souk.kit.idempotency;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import io.souk.kit.tenant.Transactions;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import org.jboss.logging.Logger;

import java.util.concurrent.ThreadLocalRandom;

/** Removes answers that are older than promised, a few hundred rows per transaction. */
@ApplicationScoped
class IdempotencySweep {
    private static final Logger LOG = Logger.getLogger(IdempotencySweep.class);

    /** A backlog is worked off over several rounds, so that sweeping never fills the pool or the log. */
    private static final int MAX_BATCHES = 20;

    private final Vertx vertx;
    private final Transactions transactions;
    private final IdempotencyRepository repository;
    private final IdempotencyConfig config;
    private volatile boolean stopped;

    IdempotencySweep(
            Vertx vertx, Transactions transactions, IdempotencyRepository repository, IdempotencyConfig config) {
        this.vertx = vertx;
        this.transactions = transactions;
        this.repository = repository;
        this.config = config;
    }

    void start(@Observes StartupEvent started) {
        again();
    }

    void stop(@Observes ShutdownEvent stopping) {
        stopped = true;
    }

    private void again() {
        if (!stopped) {
            var millis = config.sweepEvery().toMillis();
            vertx.setTimer(millis + ThreadLocalRandom.current().nextLong(millis / 5 + 1), timer -> round());
        }
    }

    private void round() {
        sweep(MAX_BATCHES).subscribe().with(done -> again(), failure -> {
            LOG.warnf("Old idempotency keys could not be removed: %s", failure);
            again();
        });
    }

    /** At most so many batches; stops at one that is not full. */
    Uni<Void> sweep(int batches) {
        if (stopped || batches == 0) {
            return Uni.createFrom().voidItem();
        }
        return transactions
                .asWorker(worker -> repository.sweep(worker, config.keepFor(), config.sweepRows()))
                .chain(removed ->
                        removed < config.sweepRows() ? Uni.createFrom().voidItem() : sweep(batches - 1));
    }
}
