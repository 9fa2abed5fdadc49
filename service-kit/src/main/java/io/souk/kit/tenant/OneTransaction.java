package io.souk.kit.tenant;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.Cancellable;
import io.smallrye.mutiny.subscription.UniEmitter;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnection;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Transaction;
import io.vertx.sqlclient.TransactionRollbackException;
import io.vertx.sqlclient.Tuple;
import io.vertx.sqlclient.impl.SocketConnectionBase;
import io.vertx.sqlclient.impl.SqlConnectionBase;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.Objects;

/**
 * One run of a transaction, from the connection's acquire to its return. Begin, the tenant and the work's first statement
 * leave together: none waits for the other's answer, and the commit checks that all of them went well.
 *
 * <p>A run that ends in order (work done, work failed) gives its connection back. One that is cut short, by its deadline or
 * because the caller went away, has a statement under way: that is cancelled on the server and the connection is thrown
 * away, since a cancellation that arrives late would otherwise hit the connection's next user.
 */
final class OneTransaction<T> {
    private static final Logger LOG = Logger.getLogger(OneTransaction.class);
    private static final String SET_TENANT =
            "select set_config('souk.tenant', $1, true), (extract(epoch from now()) * 1000000)::bigint";

    /** What runs in the transaction and what is to be done after its commit. */
    interface Work<T> {
        Uni<T> start(io.vertx.mutiny.sqlclient.SqlConnection connection);

        /**
         * Told before the first answer to the work, in a tenant's transaction: its {@code now()}, microseconds since 1970. That
         * may be before the work starts: the connection's event loop may be another than the one that sends the statements.
         */
        default void began(long micros) {}

        void committed();
    }

    private enum Phase {
        ACQUIRING,
        WORKING,
        COMMITTING,
        ENDED
    }

    private final Vertx vertx;
    private final Duration deadline;
    private final @Nullable TenantId tenant;
    private final Work<T> work;
    private final UniEmitter<? super T> caller;

    private Phase phase = Phase.ACQUIRING;
    private @Nullable SqlConnection connection;
    private @Nullable Transaction transaction;
    private @Nullable Cancellable running;
    private long timer = -1;

    OneTransaction(
            Vertx vertx, Duration deadline, @Nullable TenantId tenant, Work<T> work, UniEmitter<? super T> caller) {
        this.vertx = vertx;
        this.deadline = deadline;
        this.tenant = tenant;
        this.work = work;
        this.caller = caller;
    }

    /**
     * Once.
     *
     * @param patience how long to wait for a connection. The pool must have no such time of its own: a wait that it ends may be
     *     given a connection all the same, which then is nobody's and lost to the pool for ever (vert.x issue 6169).
     */
    void start(Pool pool, Duration patience) {
        caller.onTermination(this::abandoned);
        synchronized (this) {
            timer = vertx.setTimer(patience.toMillis(), _ -> notServed());
        }
        pool.getConnection().onComplete(acquired -> {
            if (acquired.succeeded()) {
                begin(acquired.result());
            } else if (end()) {
                caller.fail(new TransactionFailure.NoConnection(acquired.cause()));
            }
        });
    }

    /** The connection that still comes is given back at once. */
    private void notServed() {
        synchronized (this) {
            if (phase != Phase.ACQUIRING || !end()) {
                return;
            }
        }
        caller.fail(new TransactionFailure.NoConnection());
    }

    private void begin(SqlConnection acquired) {
        synchronized (this) {
            if (phase == Phase.ENDED) {
                release(acquired); // the caller went away while it waited, or was told that it had to wait too long
                return;
            }
            vertx.cancelTimer(timer);
            connection = acquired;
            phase = Phase.WORKING;
            timer = vertx.setTimer(deadline.toMillis(), _ -> overdue());
        }
        Future<?> open = acquired.begin();
        if (tenant != null) {
            var set = acquired.preparedQuery(SET_TENANT)
                    .execute(Tuple.of(tenant.value()))
                    .onSuccess(rows -> work.began(rows.iterator().next().getLong(1)));
            open = Future.all(open, set);
        }
        transaction = acquired.transaction();
        run(acquired, open);
    }

    private void run(SqlConnection acquired, Future<?> open) {
        Uni<T> uni;
        try {
            uni = Objects.requireNonNull(
                    work.start(io.vertx.mutiny.sqlclient.SqlConnection.newInstance(acquired)),
                    "the work returned no Uni");
        } catch (RuntimeException failure) {
            rollback(failure);
            return;
        }
        var subscription = uni.subscribe().with(item -> commit(open, item), this::rollback);
        synchronized (this) {
            if (phase != Phase.ENDED) {
                running = subscription;
                return;
            }
        }
        subscription.cancel();
    }

    private void commit(Future<?> open, T item) {
        if (!moveTo(Phase.COMMITTING)) {
            return;
        }
        open.onComplete(opened -> {
            if (opened.failed()) {
                rollback(opened.cause());
            } else {
                Objects.requireNonNull(transaction).commit().onComplete(done -> {
                    if (done.succeeded()) {
                        committed(item);
                    } else {
                        notCommitted(done.cause());
                    }
                });
            }
        });
    }

    private void committed(T item) {
        if (end()) { // else the deadline has passed: the caller was told "unknown", and acts on that
            release(Objects.requireNonNull(connection));
            work.committed();
            caller.complete(item);
        }
    }

    private void notCommitted(Throwable failure) {
        if (end()) {
            release(Objects.requireNonNull(connection));
            caller.fail(isRolledBack(failure) ? failure : new TransactionFailure.OutcomeUnknown(failure));
        }
    }

    /** An ERROR in answer to a commit means a rollback; a FATAL, or a lost connection, may have come after the commit. */
    private static boolean isRolledBack(Throwable failure) {
        return failure instanceof TransactionRollbackException
                || (failure instanceof PgException error && "ERROR".equals(error.getSeverity()));
    }

    private void rollback(Throwable failure) {
        synchronized (this) {
            if (phase == Phase.ENDED) {
                return;
            }
            phase = Phase.WORKING; // still under the deadline: a rollback that gets no answer must not keep the
            // connection
        }
        // The locks are free when the caller hears of it, so its retry does not meet them.
        Objects.requireNonNull(transaction).rollback().onComplete(_ -> {
            if (end()) {
                release(Objects.requireNonNull(connection));
                caller.fail(failure);
            }
        });
    }

    private void overdue() {
        boolean committing;
        synchronized (this) {
            committing = phase == Phase.COMMITTING;
            if (!end()) {
                return;
            }
        }
        cutShort();
        caller.fail(committing ? new TransactionFailure.OutcomeUnknown() : new TransactionFailure.TimedOut());
    }

    /** The caller has its answer, or cancelled: only the latter finds a run that has not ended. */
    private void abandoned() {
        synchronized (this) {
            if (phase == Phase.COMMITTING) {
                return; // the commit is on its way: let it happen, with all that follows
            }
            boolean acquiring = phase == Phase.ACQUIRING;
            if (!end() || acquiring) {
                return;
            }
        }
        cutShort();
    }

    private void cutShort() {
        var cut = Objects.requireNonNull(connection);
        synchronized (this) {
            if (running != null) {
                running.cancel();
            }
        }
        PgConnection.cast(cut).cancelRequest();
        sever(cut);
    }

    private boolean moveTo(Phase next) {
        synchronized (this) {
            if (phase == Phase.ENDED) {
                return false;
            }
            phase = next;
            return true;
        }
    }

    /** Whether this call ended the run; of several that try, one does. */
    private boolean end() {
        synchronized (this) {
            if (!moveTo(Phase.ENDED)) {
                return false;
            }
            vertx.cancelTimer(timer);
            return true;
        }
    }

    private static void release(SqlConnection connection) {
        connection.close().onFailure(failure -> LOG.warn("a database connection was not given back", failure));
    }

    /** Closes the socket, which takes the connection out of the pool; an orderly close would wait for the answer. */
    private static void sever(SqlConnection connection) {
        var pooled = ((SqlConnectionBase<?>) connection).unwrap();
        ((SocketConnectionBase) pooled.unwrap()).socket().close().onComplete(_ -> release(connection));
    }
}
