package io.souk.kit.retelling;

import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.smallrye.mutiny.Uni;
import io.souk.kit.Things;
import io.souk.kit.admin.AdminApi;
import io.souk.kit.context.OwnContext;
import io.souk.kit.id.Ids;
import io.souk.kit.tenant.TenantId;
import io.souk.kit.tenant.Transactions;
import io.souk.testing.Database;
import io.souk.testing.EventLog;
import io.souk.testing.LogFold;
import io.souk.testing.SoukServers;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;

import static io.souk.kit.Things.anyTenant;
import static io.souk.kit.retelling.RetellingTest.LONG;
import static io.souk.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

/** A retelling whose replica loses it in the middle of a step, with the connection that it notes its progress on. */
@QuarkusTest
@TestProfile(RetellingTest.Restored.class)
@WithTestResource(value = SoukServers.class, scope = TestResourceScope.GLOBAL)
class RetellingTakeoverTest {
    private static final String RETELLINGS = "/v1/admin/retellings";
    private static final String TOPIC = "restored.catalog.thing";

    private static final String HOLD =
            "select pg_backend_pid() as pid from thing where tenant = $1 and id = $2 for update";

    /** As another replica takes a job whose lease has run out, and then dies itself: nobody has it for a second. */
    private static final String TAKE_OVER = """
            update job
               set lease_owner = ?,
                   lease_until = now() + interval '1 second'
             where id = ?
               and state = 'RUNNING'
            """;

    private final AdminApi operator = AdminApi.asOperator();
    private final TenantId tenant = anyTenant();
    private Database database;

    @Inject
    RaisableEpoch epoch;

    @Inject
    Things things;

    @Inject
    Transactions transactions;

    @BeforeAll
    static void removeWhatOthersLeft() {
        RetellingTest.removeWhatOthersLeft();
    }

    @BeforeEach
    void connect() {
        database = Database.of("catalog", "worker");
    }

    @AfterEach
    void disconnect() {
        database.close();
    }

    @Test
    void givenAReplicaThatLosesItInTheMiddle_thenAnotherGoesOnWhereItWasAndAllIsTold() throws Exception {
        var ids = things.writeRows(tenant, 2 * TellRows.BATCH + 50, "one of many");
        awaitRelayed();
        int now = epoch.raise();
        var mayGoOn = new CompletableFuture<Void>();
        int holder = hold(ids.get(TellRows.BATCH + 1), mayGoOn);
        var begun = CompletableFuture.supplyAsync(() -> operator.post(RETELLINGS, "{}"));
        eventually(LONG, () -> assertThat(blockedBy(holder)).isNotEmpty());
        var retelling = eventually(
                        LONG,
                        () -> operator.get(RETELLINGS).body().at("/items/0"),
                        job -> job.path("state").asText().equals("RUNNING"))
                .path("id")
                .asText();

        takeOver(UUID.fromString(retelling));
        mayGoOn.complete(null);

        var ended = eventually(
                LONG, () -> operator.get(RETELLINGS + "/" + retelling).body(), job -> job.hasNonNull("finishedAt"));
        awaitRelayed();
        assertThat(begun.get().status()).isEqualTo(202);
        assertThat(ended.path("state").asText()).as(ended.toString()).isEqualTo("SUCCEEDED");
        eventually(
                LONG,
                () -> assertThat(LogFold.of(TOPIC, tenant.value()).values())
                        .hasSize(ids.size())
                        .allSatisfy(last -> assertThat(last.epoch()).isEqualTo(now)));
        var times = timesTold(now);
        assertThat(ids.subList(0, TellRows.BATCH))
                .as("what had been noted is not told again")
                .allSatisfy(id -> assertThat(times).containsEntry(id, 1L));
    }

    /** The process of the server that has locked the thing until it may go on. */
    private int hold(UUID id, CompletableFuture<Void> mayGoOn) throws Exception {
        var holder = new CompletableFuture<Integer>();
        transactions
                .inTenant(
                        tenant,
                        tx -> tx.sql()
                                .preparedQuery(HOLD)
                                .execute(Tuple.of(tenant.value(), id))
                                .invoke(rows ->
                                        holder.complete(rows.iterator().next().getInteger("pid")))
                                .call(() -> Uni.createFrom()
                                        .completionStage(mayGoOn)
                                        .emitOn(OwnContext.executor())))
                .subscribe()
                .with(_ -> {}, holder::completeExceptionally);
        return holder.get();
    }

    private List<String> blockedBy(int holder) {
        return database.query("select pid from pg_stat_activity where ? = any (pg_blocking_pids(pid))", holder);
    }

    /** The new owner waits for the step's lock of the job, and has it when the step's connection is cut. */
    private void takeOver(UUID job) throws Exception {
        try (var other = Database.of("catalog", "worker");
                var app = Database.of("catalog", "app")) {
            int pid = Integer.parseInt(other.query("select pg_backend_pid()").getFirst());
            var taken = CompletableFuture.supplyAsync(() -> other.update(TAKE_OVER, Ids.next(), job));
            eventually(() -> assertThat(app.query(
                            "select pg_terminate_backend(step) from unnest(pg_blocking_pids(?)) as step", pid))
                    .containsExactly("t"));
            assertThat(taken.get()).isEqualTo(1);
        }
    }

    /** How often each thing was told in an epoch. */
    private Map<UUID, Long> timesTold(int inEpoch) {
        return EventLog.readAllOf(TOPIC, tenant.value()).stream()
                .filter(record -> new String(
                                record.headers().lastHeader("ce_epoch").value(), StandardCharsets.UTF_8)
                        .equals(Integer.toString(inEpoch)))
                .collect(Collectors.groupingBy(
                        record -> UUID.fromString(
                                record.key().substring(tenant.value().length() + 1)),
                        Collectors.counting()));
    }

    private void awaitRelayed() {
        eventually(
                LONG,
                () -> assertThat(database.query("select 1 from outbox where tenant = ? limit 1", tenant.value()))
                        .isEmpty());
    }
}
