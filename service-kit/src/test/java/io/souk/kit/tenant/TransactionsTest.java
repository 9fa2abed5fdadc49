package io.souk.kit.tenant;

import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.Cancellable;
import io.souk.kit.Things;
import io.souk.kit.id.Ids;
import io.souk.testing.SoukServers;
import io.vertx.core.Vertx;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.Pool;
import jakarta.inject.Inject;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;

import static io.souk.kit.Things.PATIENCE;
import static io.souk.kit.Things.anyTenant;
import static io.souk.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

@QuarkusTest
@WithTestResource(value = SoukServers.class, scope = TestResourceScope.GLOBAL)
class TransactionsTest {
    /** Of everything in the schema but the tests' own tables: Flyway's history and the sequences, too. */
    private static final String RIGHTS = """
            select role || ' ' || relname || ' ' || string_agg(might, ' ' order by might)
              from pg_class
             cross join unnest(array['catalog_app', 'catalog_worker']) as role
             cross join unnest(array['SELECT', 'INSERT', 'UPDATE', 'DELETE', 'TRUNCATE', 'REFERENCES', 'TRIGGER']) as might
             where relnamespace = 'catalog'::regnamespace
               and relkind in ('r', 'p', 'S', 'v')
               and relname not in ('thing', 'effect')
               and has_table_privilege(role, pg_class.oid, might)
             group by role, relname
             order by role, relname
            """;

    private static final String WAIT = "select pg_sleep(30)";

    @Inject
    Transactions transactions;

    @Inject
    Things things;

    @Inject
    Pool app;

    @Inject
    Vertx vertx;

    record Hurried(Duration deadline, Duration acquireTimeout) implements TransactionsConfig {
        @Override
        public Duration workerDeadline() {
            return deadline;
        }

        @Override
        public int maxWaiting() {
            return 1;
        }
    }

    @Test
    void givenACommit_thenItsActionsRunAfterItInOrder() {
        var tenant = anyTenant();
        var id = Ids.next();
        var seen = new CopyOnWriteArrayList<String>();

        inTenant(tenant, tx -> {
            tx.afterCommit(() -> seen.add("first"));
            tx.afterCommit(() -> {
                throw new IllegalStateException("an action that fails");
            });
            tx.afterCommit(() -> seen.add("last"));
            return things.write(tx, id, "a").invoke(() -> seen.add("work"));
        });

        assertThat(seen).containsExactly("work", "first", "last");
        assertThat(names(tenant)).containsExactly("a");
    }

    @Test
    void givenAFailure_thenNothingIsKeptAndNoActionRuns() {
        var tenant = anyTenant();
        var actions = new AtomicInteger();

        assertThatThrownBy(() -> inTenant(tenant, tx -> {
                    tx.afterCommit(actions::incrementAndGet);
                    return things.write(tx, Ids.next(), "a")
                            .chain(() -> Uni.createFrom().failure(new IllegalStateException("no")));
                }))
                .hasMessage("no");

        assertThat(names(tenant)).isEmpty();
        assertThat(actions).hasValue(0);
    }

    @Test
    void givenWorkThatThrowsOrReturnsNothing_thenItIsRolledBack() {
        var tenant = anyTenant();

        assertThatThrownBy(() -> inTenant(tenant, _ -> {
                    throw new IllegalStateException("at once");
                }))
                .hasMessage("at once");
        assertThatThrownBy(() -> inTenant(tenant, _ -> returnsNothing())).isInstanceOf(NullPointerException.class);
    }

    @Test
    void givenAFailedStatementThatTheWorkSwallows_thenTheCommitFailsAndNoActionRuns() {
        var tenant = anyTenant();
        var actions = new AtomicInteger();

        assertThatThrownBy(() -> inTenant(tenant, tx -> {
                    tx.afterCommit(actions::incrementAndGet);
                    return things.write(tx, Ids.next(), "a")
                            .chain(() -> tx.sql().query("select 1 / 0").execute())
                            .onFailure()
                            .recoverWithNull();
                }))
                .satisfies(failure -> assertThat(Failures.isTransient(failure)).isFalse());

        assertThat(names(tenant)).isEmpty();
        assertThat(actions).hasValue(0);
    }

    @Test
    void givenAnotherTenant_thenItsRowsAreNeitherSeenNorChangedNorMade() {
        var mine = anyTenant();
        var other = anyTenant();
        var id = Ids.next();
        things.write(other, id, "theirs");

        int changed = inTenant(
                mine,
                tx -> tx.sql()
                        .preparedQuery("update thing set name = 'stolen' where id = $1")
                        .execute(Tuple.of(id))
                        .map(RowSet::rowCount));

        assertThat(names(mine)).isEmpty();
        assertThat(changed).isZero();
        assertThatThrownBy(() -> inTenant(
                        mine,
                        tx -> tx.sql()
                                .preparedQuery(
                                        "insert into thing (tenant, id, name, version) values ($1, $2, 'planted', 1)")
                                .execute(Tuple.of(other.value(), Ids.next()))))
                .isInstanceOfSatisfying(
                        PgException.class,
                        refused -> assertThat(refused.getSqlState()).isEqualTo("42501"));
        assertThat(names(other)).containsExactly("theirs");
    }

    @Test
    void givenNoTenant_thenTheAppRoleSeesNothing() {
        var tenant = anyTenant();
        things.write(tenant, Ids.next(), "a");

        // On every connection of the pool: those that have served tenants, too.
        var counts = IntStream.range(0, 50)
                .mapToObj(_ -> app.query("select count(*) as things from thing").execute())
                .map(rows -> rows.toCompletionStage().toCompletableFuture().join())
                .map(rows -> rows.iterator().next().getLong("things"))
                .toList();

        assertThat(counts).containsOnly(0L);
    }

    @Test
    void theAppRoleOwnsNothing() {
        var owned = transactions
                .asWorker(sql -> sql.query("""
                                select relname from pg_class join pg_roles on pg_roles.oid = relowner
                                 where rolname in ('catalog_app', 'catalog_worker')
                                """).execute().map(TransactionsTest::firstColumn))
                .await()
                .atMost(PATIENCE);

        assertThat(owned).isEmpty();
    }

    @Test
    void theRolesMayDoWhatTheKitsTablesNeedAndNothingElse() {
        var rights = transactions
                .asWorker(sql -> sql.query(RIGHTS).execute().map(TransactionsTest::firstColumn))
                .await()
                .atMost(PATIENCE);

        assertThat(rights)
                .containsExactly(
                        "catalog_app cache_generation SELECT",
                        "catalog_app idempotency_key INSERT SELECT",
                        "catalog_app inbox INSERT SELECT",
                        "catalog_app job INSERT SELECT UPDATE",
                        "catalog_app lost_aggregate DELETE SELECT",
                        "catalog_app outbox INSERT",
                        "catalog_app retelling INSERT SELECT UPDATE",
                        "catalog_app source_watermark SELECT",
                        "catalog_worker cache_audit DELETE INSERT SELECT UPDATE",
                        "catalog_worker cache_generation DELETE INSERT SELECT UPDATE",
                        "catalog_worker dead_letter DELETE INSERT SELECT UPDATE",
                        "catalog_worker idempotency_key DELETE SELECT UPDATE",
                        "catalog_worker inbox DELETE SELECT",
                        "catalog_worker job DELETE SELECT UPDATE",
                        "catalog_worker lost_aggregate DELETE INSERT SELECT UPDATE",
                        "catalog_worker outbox DELETE INSERT SELECT",
                        "catalog_worker outbox_seq_seq SELECT",
                        "catalog_worker relay_heartbeat DELETE INSERT SELECT",
                        "catalog_worker relay_lease INSERT SELECT UPDATE",
                        "catalog_worker relay_replica DELETE INSERT SELECT UPDATE",
                        "catalog_worker retelling DELETE SELECT",
                        "catalog_worker source_watermark INSERT SELECT UPDATE",
                        "catalog_worker told_epoch INSERT SELECT");
    }

    @Test
    void theAppRoleWritesEventsAndCanNeitherReadNorRemoveThem() {
        var tenant = anyTenant();

        assertThatThrownBy(() -> inTenant(
                        tenant, tx -> tx.sql().query("select * from outbox").execute()))
                .hasMessageContaining("permission denied");
        assertThatThrownBy(() -> inTenant(
                        tenant, tx -> tx.sql().query("delete from outbox").execute()))
                .hasMessageContaining("permission denied");
        assertThatThrownBy(() -> inTenant(
                        tenant,
                        tx -> tx.sql().query("select * from relay_lease").execute()))
                .hasMessageContaining("permission denied");
    }

    @Test
    void whenTheCallerGoesAway_thenItIsRolledBackAtOnceAndTheConnectionIsFree() {
        var tenant = anyTenant();
        var id = Ids.next();
        var waiting = new CompletableFuture<Integer>();
        things.write(tenant, id, "before");

        var running = transactions
                .inTenant(
                        tenant,
                        tx -> things.write(tx, id, "during")
                                .chain(() -> pid(tx))
                                .invoke(waiting::complete)
                                .chain(() -> tx.sql().query(WAIT).execute()))
                .subscribe()
                .with(_ -> {}, _ -> {});
        int backend = waiting.orTimeout(20, TimeUnit.SECONDS).join();
        running.cancel();

        eventually(() -> assertThat(activity(backend)).isEmpty());
        eventually(() -> assertThat(things.write(tenant, id, "after")).isEqualTo(2));
    }

    @Test
    void whenMoreCancelThanThePoolHasConnections_thenItStillServes() {
        var tenant = anyTenant();
        for (int round = 0; round < 3; round++) {
            var running = IntStream.range(0, 40)
                    .mapToObj(_ -> transactions
                            .inTenant(tenant, tx -> tx.sql().query(WAIT).execute())
                            .subscribe()
                            .with(_ -> {}, _ -> {}))
                    .toList();
            running.forEach(Cancellable::cancel);
        }

        eventually(() -> assertThat(things.write(tenant, Ids.next(), "after")).isEqualTo(1));
    }

    @Test
    void givenATransactionPastItsDeadline_thenItFailsAndItsLocksAreFree() {
        var tenant = anyTenant();
        var id = Ids.next();
        var hurried = new Transactions(vertx, new Hurried(Duration.ofMillis(300), PATIENCE), app, app, List.of());

        assertThatThrownBy(() -> hurried.inTenant(
                                tenant,
                                tx -> things.write(tx, id, "late")
                                        .chain(() -> tx.sql().query(WAIT).execute()))
                        .await()
                        .atMost(PATIENCE))
                .isInstanceOf(TransactionFailure.TimedOut.class)
                .satisfies(failure -> assertThat(Failures.isTransient(failure)).isTrue());

        eventually(() -> assertThat(things.write(tenant, id, "next")).isEqualTo(1));
    }

    @Test
    void givenABackendThatDies_thenTheFailureMayPassAndTheNextTransactionWorks() {
        var tenant = anyTenant();

        assertThatThrownBy(() -> inTenant(
                        tenant,
                        tx -> tx.sql()
                                .query("select pg_terminate_backend(pg_backend_pid())")
                                .execute()))
                .satisfies(failure -> assertThat(Failures.isTransient(failure)).isTrue());

        // The pool may hand the dead connection out once more before it hears of its end.
        eventually(() -> assertThat(things.write(tenant, Ids.next(), "after")).isEqualTo(1));
    }

    @Test
    void givenAllConnectionsTaken_thenTheNextFailsInTimeAsOneThatMayPass() {
        var tenant = anyTenant();
        var impatient = new Transactions(vertx, new Hurried(PATIENCE, Duration.ofSeconds(2)), app, app, List.of());
        var holding = IntStream.range(0, 14)
                .mapToObj(_ -> transactions
                        .inTenant(tenant, tx -> tx.sql().query(WAIT).execute())
                        .subscribe()
                        .with(_ -> {}, _ -> {}))
                .toList();
        try {
            assertThatThrownBy(() -> impatient
                            .inTenant(tenant, tx -> things.write(tx, Ids.next(), "late"))
                            .await()
                            .atMost(PATIENCE))
                    .isInstanceOf(TransactionFailure.NoConnection.class)
                    .satisfies(
                            failure -> assertThat(Failures.isTransient(failure)).isTrue());
        } finally {
            holding.forEach(Cancellable::cancel);
        }
        eventually(() -> assertThat(things.write(tenant, Ids.next(), "after")).isEqualTo(1));
    }

    @Test
    void givenManyThatGiveUpWhenTheirTurnComes_thenNoConnectionIsLost() {
        var tenant = anyTenant();
        // about as long as the transactions before them take, so that being served and giving up meet
        var patience = Duration.ofMillis(10);
        var impatient = new Transactions(vertx, new Hurried(PATIENCE, patience), app, app, List.of());
        var gaveUp = new AtomicInteger();
        for (int round = 0; round < 40; round++) {
            Uni.join()
                    .all(IntStream.range(0, 200)
                            .mapToObj(_ -> impatient
                                    .inTenant(
                                            tenant,
                                            tx -> tx.sql().query("select 1").execute())
                                    .replaceWithVoid()
                                    .onFailure(TransactionFailure.NoConnection.class)
                                    .recoverWithUni(() -> {
                                        gaveUp.incrementAndGet();
                                        return Uni.createFrom().voidItem();
                                    }))
                            .toList())
                    .andFailFast()
                    .await()
                    .atMost(PATIENCE);
        }
        assertThat(gaveUp).hasPositiveValue();

        // all that the pool has, at the same time
        var together = IntStream.range(0, 14)
                .mapToObj(_ -> transactions.inTenant(
                        tenant, tx -> tx.sql().query("select pg_sleep(0.5)").execute()))
                .toList();
        eventually(
                () -> assertThat(Uni.join().all(together).andFailFast().await().atMost(PATIENCE))
                        .hasSize(14));
    }

    private <T> T inTenant(TenantId tenant, Function<Tx, Uni<T>> work) {
        return transactions.inTenant(tenant, work).await().atMost(PATIENCE);
    }

    private List<String> names(TenantId tenant) {
        return inTenant(
                tenant,
                tx -> tx.sql()
                        .query("select name from thing order by id")
                        .execute()
                        .map(TransactionsTest::firstColumn));
    }

    @SuppressWarnings("NullAway") // what a careless caller may do
    private static Uni<Void> returnsNothing() {
        return null;
    }

    private static Uni<Integer> pid(Tx tx) {
        return tx.sql()
                .query("select pg_backend_pid()")
                .execute()
                .map(rows -> rows.iterator().next().getInteger(0));
    }

    private List<String> activity(int backend) {
        return transactions
                .asWorker(sql -> sql.preparedQuery("select state from pg_stat_activity where pid = $1")
                        .execute(Tuple.of(backend))
                        .map(TransactionsTest::firstColumn))
                .await()
                .atMost(PATIENCE);
    }

    private static List<String> firstColumn(RowSet<Row> rows) {
        return StreamSupport.stream(rows.spliterator(), false)
                .map(row -> row.getString(0))
                .toList();
    }
}
