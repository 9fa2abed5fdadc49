package io.souk.kit.tenant;

import io.quarkus.arc.All;
import io.quarkus.reactive.datasource.ReactiveDataSource;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.sqlclient.Pool;
import jakarta.enterprise.context.ApplicationScoped;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;

/**
 * Opens transactions; nothing else does. Each call, and each subscription to what it returns, is one transaction on one
 * connection of its own: it takes no part in another, and the work gets nothing with which it could begin a second one.
 *
 * <p>Fails with a {@link TransactionFailure} when there is no connection, when the deadline passes, or when the commit's
 * outcome is unknown; else with the work's own failure, after the rollback. When the caller cancels, it is rolled back
 * unless the commit is already on its way.
 */
@ApplicationScoped
public class Transactions {
    private static final Logger LOG = Logger.getLogger(Transactions.class);

    private final Vertx vertx;
    private final TransactionsConfig config;
    private final Pool app;
    private final Pool worker;
    private final List<TxNote<?>> notes;

    Transactions(
            Vertx vertx,
            TransactionsConfig config,
            Pool app,
            @ReactiveDataSource("worker") Pool worker,
            @All List<TxNote<?>> notes) {
        this.vertx = vertx;
        this.config = config;
        this.app = app;
        this.worker = worker;
        this.notes = notes;
    }

    /**
     * Runs the work as the app role with row-level security set to the tenant, and commits when it is done. The work's first
     * statement travels together with the begin.
     */
    public <T extends @Nullable Object> Uni<T> inTenant(TenantId tenant, Function<Tx, Uni<T>> work) {
        return Uni.createFrom()
                .emitter(caller -> new OneTransaction<>(
                                vertx, config.deadline(), tenant, new TenantWork<>(tenant, take(), work), caller)
                        .start(app, config.acquireTimeout()));
    }

    private Map<Class<?>, Object> take() {
        var taken = new HashMap<Class<?>, Object>();
        for (var note : notes) {
            @Nullable Object said = note.take();
            if (said != null) {
                taken.put(note.type(), said);
            }
        }
        return taken;
    }

    /**
     * Runs the work as the worker role, which sees all tenants: for relay, consumers' own books, sweeps, jobs and operators'
     * requests, never on a tenant's request's path. The statements name the tenants they mean.
     */
    public <T extends @Nullable Object> Uni<T> asWorker(Function<SqlConnection, Uni<T>> work) {
        return Uni.createFrom()
                .emitter(caller -> new OneTransaction<>(
                                vertx, config.workerDeadline(), null, new WorkerWork<>(work), caller)
                        .start(worker, config.acquireTimeout()));
    }

    private record WorkerWork<T extends @Nullable Object>(Function<SqlConnection, Uni<T>> work)
            implements OneTransaction.Work<T> {
        @Override
        public Uni<T> start(SqlConnection connection) {
            return work.apply(connection);
        }

        @Override
        public void committed() {}
    }

    private static final class TenantWork<T extends @Nullable Object> implements OneTransaction.Work<T> {
        private final TenantId tenant;
        private final Map<Class<?>, Object> noted;
        private final Function<Tx, Uni<T>> work;
        private final AtomicLong beganMicros = new AtomicLong();
        private @Nullable Tx tx;

        TenantWork(TenantId tenant, Map<Class<?>, Object> noted, Function<Tx, Uni<T>> work) {
            this.tenant = tenant;
            this.noted = noted;
            this.work = work;
        }

        @Override
        public Uni<T> start(SqlConnection connection) {
            tx = new Tx(tenant, connection, noted, beganMicros::get);
            return work.apply(tx);
        }

        @Override
        public void began(long micros) {
            beganMicros.set(micros);
        }

        @Override
        public void committed() {
            for (var action : Objects.requireNonNull(tx).actionsAfterCommit()) {
                try {
                    action.run();
                } catch (RuntimeException failure) {
                    LOG.error("an action after a commit failed", failure);
                }
            }
        }
    }
}
