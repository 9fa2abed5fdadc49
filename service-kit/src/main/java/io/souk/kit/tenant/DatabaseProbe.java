package io.souk.kit.tenant;

import io.quarkus.reactive.datasource.ReactiveDataSource;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import jakarta.inject.Singleton;
import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Asks whether the database answers, on a connection of its own: however many requests wait for theirs, that they do is no
 * reason to be called away. All who ask at the same time share one question. A connection that does not answer is thrown
 * away, so that the next question does not wait behind it.
 */
@Singleton
public class DatabaseProbe {
    /** Less than a readiness probe's usual patience of a second. */
    static final Duration PATIENCE = Duration.ofMillis(800);

    private final Vertx vertx;
    private final Pool pool;
    private final AtomicReference<@Nullable Uni<Boolean>> asking = new AtomicReference<>();

    DatabaseProbe(Vertx vertx, @ReactiveDataSource("probe") Pool pool) {
        this.vertx = vertx;
        this.pool = pool;
    }

    /** Within {@link #PATIENCE}; false when there was no answer. Never fails. */
    public Uni<Boolean> answers() {
        return Uni.createFrom().deferred(() -> {
            var mine = ask();
            @Nullable Uni<Boolean> other = asking.compareAndExchange(null, mine);
            return other == null ? mine : other;
        });
    }

    private Uni<Boolean> ask() {
        return Uni.createFrom()
                .<Boolean>emitter(caller ->
                        new OneTransaction<>(vertx, PATIENCE, null, new Question(), caller).start(pool, PATIENCE))
                .ifNoItem()
                .after(PATIENCE)
                .fail()
                .onFailure()
                .recoverWithItem(false)
                .onTermination()
                .invoke(() -> asking.set(null))
                .memoize()
                .indefinitely();
    }

    private record Question() implements OneTransaction.Work<Boolean> {
        @Override
        public Uni<Boolean> start(io.vertx.mutiny.sqlclient.SqlConnection connection) {
            return connection.query("select 1").execute().replaceWith(true);
        }

        @Override
        public void committed() {}
    }
}
