package io.souk.kit.retelling;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.smallrye.mutiny.Uni;
import io.souk.kit.Things;
import io.souk.kit.admin.AdminApi;
import io.souk.kit.admin.OperatorJobs;
import io.souk.kit.context.OwnContext;
import io.souk.kit.id.Ids;
import io.souk.kit.tenant.TenantId;
import io.souk.kit.tenant.Transactions;
import io.souk.kit.view.Demand;
import io.souk.kit.view.ThingView;
import io.souk.kit.view.View;
import io.souk.kit.view.ViewCache;
import io.souk.testing.Database;
import io.souk.testing.EventLog;
import io.souk.testing.LogFold;
import io.souk.testing.LogFold.Last;
import io.souk.testing.SoukServers;
import io.souk.testing.Tokens;
import jakarta.inject.Inject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;

import static io.souk.kit.Things.PATIENCE;
import static io.souk.kit.Things.anyTenant;
import static io.souk.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

/** What a restored database has lost and what it has, told over the real log to whoever folds it, and to the cache. */
@QuarkusTest
@TestProfile(RetellingTest.Restored.class)
@WithTestResource(value = SoukServers.class, scope = TestResourceScope.GLOBAL)
class RetellingTest {
    private static final String RETELLINGS = "/v1/admin/retellings";
    private static final String TOPIC = "restored.catalog.thing";
    private static final int MAX_BACKLOG = 100;

    /** For a job and what it tells to come through, on a machine that does much else. */
    static final Duration LONG = Duration.ofMinutes(4);

    /**
     * Topics of its own: what other tests tell has no rows. And time: a transaction that a test holds open waits until the retelling
     * has come to it, and whoever waits for that transaction's locks goes on waiting.
     */
    public static final class Restored implements QuarkusTestProfile {
        private static final String APP = "quarkus.datasource.reactive.additional-properties.";

        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "souk.events.topic-prefix",
                    "restored",
                    "souk.retelling.max-backlog",
                    Integer.toString(MAX_BACKLOG),
                    "souk.transactions.deadline",
                    "2m",
                    "souk.jobs.lease",
                    "3m",
                    APP + "idle_in_transaction_session_timeout",
                    "180000",
                    APP + "statement_timeout",
                    "120000",
                    APP + "lock_timeout",
                    "90000");
        }

        @Override
        public Set<Class<?>> getEnabledAlternatives() {
            return Set.of(RaisableEpoch.class);
        }
    }

    private final AdminApi operator = AdminApi.asOperator();
    private final TenantId tenant = anyTenant();
    private Database database;

    @Inject
    RaisableEpoch epoch;

    @Inject
    Things things;

    @Inject
    OperatorJobs jobs;

    @Inject
    ObjectMapper json;

    @Inject
    Transactions transactions;

    @Inject
    ViewCache cache;

    @Inject
    ThingView kind;

    /** A retelling would go through what other classes left before it came to what is tested here. */
    @BeforeAll
    static void removeWhatOthersLeft() {
        var here = EventLog.readAll(TOPIC).stream()
                .map(record -> record.key().substring(0, record.key().indexOf('/')))
                .distinct()
                .collect(Collectors.joining(","));
        try (var worker = Database.of("catalog", "worker")) {
            worker.update("delete from thing where tenant <> all (string_to_array(?, ','))", here);
        }
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
    void givenAnOlderDatabase_whenAllIsToldOnceMore_thenTheLogAndTheCacheEndWithWhatTheTablesHave() {
        int before = epoch.epoch();
        var changedSince = written("first", "second", "third");
        var untouched = written("the same");
        var madeSince = written("new", "newer");
        awaitTold(changedSince, untouched, madeSince);
        List.of(changedSince, untouched, madeSince).forEach(this::read);

        putBack(changedSince, 1, "first");
        remove(madeSince);
        int now = epoch.raise();
        var ended = retell();

        assertThat(database.query("select epoch from told_epoch where epoch = ?", now))
                .as("whether heartbeats vouch from here on")
                .hasSize(1);
        assertThat(ended.path("state").asText()).as(ended.toString()).isEqualTo("SUCCEEDED");
        assertThat(ended.path("rows").asLong()).isGreaterThanOrEqualTo(2);
        assertThat(ended.path("lost").asLong()).isPositive();
        assertThat(ended.path("parts").asLong())
                .isEqualTo(ended.path("partsTotal").asLong());
        eventually(LONG, () -> {
            var log = fold();
            assertThat(last(log, changedSince).in(0)).isEqualTo(told(1, changedSince, "first"));
            assertThat(last(log, changedSince).epoch()).isEqualTo(now);
            assertThat(last(log, untouched).epoch()).isEqualTo(now);
            assertThat(last(log, madeSince)).isEqualTo(new Last(before, 3, null));
        });
        eventually(LONG, () -> {
            assertThat(read(changedSince)).contains("first", "\"version\":1");
            assertThat(read(untouched)).contains("the same");
            assertThat(read(madeSince)).isEqualTo("nothing");
        });
    }

    @Test
    void givenARetelling_whenItIsRunAgain_thenNothingIsOtherwise() {
        var kept = written("kept");
        var lost = written("lost");
        awaitTold(kept, lost);
        remove(lost);
        int now = epoch.raise();
        retell();
        awaitRelayed();
        var once = eventually(
                LONG,
                this::fold,
                log -> last(log, kept).epoch() == now && last(log, lost).isDeleted());

        var again = retell();

        awaitRelayed();
        assertThat(again.path("state").asText()).isEqualTo("SUCCEEDED");
        assertThat(again.path("lost").asLong()).isZero();
        eventually(LONG, () -> assertThat(fold()).isEqualTo(once));
    }

    @Test
    void givenARetelling_whenWhatWasLostOrPutBackIsWrittenAgain_thenThatWins() {
        var putBack = written("first", "second");
        var lost = written("lost", "lost");
        awaitTold(putBack, lost);
        putBack(putBack, 1, "first");
        remove(lost);
        int now = epoch.raise();
        retell();

        things.write(tenant, putBack, "another second");
        things.write(tenant, lost, "anew");

        eventually(LONG, () -> {
            assertThat(last(fold(), putBack))
                    .isEqualTo(told(2, putBack, "another second").in(now));
            assertThat(last(fold(), lost)).isEqualTo(told(1, lost, "anew").in(now));
        });
    }

    @Test
    void givenAnOlderDatabase_whenTheEpochWasNotRaised_thenNothingIsToldAndItIsSaid() {
        epoch.raise();
        var putBack = written("first", "second");
        awaitTold(putBack);
        putBack(putBack, 1, "first");
        int before = recordsOfAll();

        var refused = retell();

        assertThat(refused.path("state").asText()).isEqualTo("FAILED");
        assertThat(refused.path("rows").asLong()).isZero();
        assertThat(refused.path("failure").asText())
                .contains("catalog.thing " + tenant + "/" + putBack, "version 2", "version 1", "souk.events.epoch");
        assertThat(recordsOfAll()).isEqualTo(before);
        epoch.raise();
        assertThat(retell().path("state").asText()).isEqualTo("SUCCEEDED");
    }

    /** As a backup has it that was taken while one ran. */
    @Test
    void givenARetellingOfAnotherEpoch_whenItIsTakenUp_thenItEndsAndSaysSo() {
        var asked = new RetellAggregates.Input(
                epoch.epoch(), List.of("thing"), Map.of("thing", Collections.nCopies(8, 1_000_000L)));
        epoch.raise();

        var job = jobs.begin(RetellAggregates.KIND, json.valueToTree(asked), null)
                .await()
                .atMost(PATIENCE);

        var ended = eventually(
                LONG, () -> operator.get(RETELLINGS + "/" + job.id()).body(), one -> one.hasNonNull("finishedAt"));
        assertThat(ended.path("state").asText()).isEqualTo("FAILED");
        assertThat(ended.path("failure").asText())
                .contains("in epoch " + asked.epoch(), "the epoch is " + epoch.epoch());
    }

    @Test
    void givenSomebodyWhoIsMakingWhatWasLostAnew_thenItsDeletionIsNotTold() throws Exception {
        var lost = written("lost", "lost");
        awaitTold(lost);
        remove(lost);
        int now = epoch.raise();
        var begun = new CompletableFuture<Void>();
        var mayEnd = new CompletableFuture<Void>();
        var making = transactions
                .inTenant(
                        tenant,
                        tx -> things.write(tx, lost, "anew")
                                .invoke(() -> begun.complete(null))
                                .call(() ->
                                        Uni.createFrom().completionStage(mayEnd).emitOn(OwnContext.executor())))
                .subscribeAsCompletionStage();
        begun.get();

        var retelling = CompletableFuture.supplyAsync(this::retell);
        eventually(
                LONG,
                () -> assertThat(
                                database.query(
                                        "select 1 from pg_locks where relation = 'thing'::regclass and not granted and mode = 'ShareRowExclusiveLock'"))
                        .isNotEmpty());
        mayEnd.complete(null);
        making.get();

        assertThat(retelling.get().path("state").asText()).isEqualTo("SUCCEEDED");
        awaitRelayed();
        eventually(
                LONG,
                () -> assertThat(last(fold(), lost))
                        .isEqualTo(told(1, lost, "anew").in(now)));
        assertThat(EventLog.readAll(TOPIC, tenant + "/" + lost))
                .extracting(record ->
                        new String(record.headers().lastHeader("ce_type").value(), StandardCharsets.UTF_8))
                .containsOnly("souk.catalog.thing.changed.v1");
    }

    @Test
    void givenMoreRowsThanMayWait_thenAllAreToldAndNoMoreThanThatWait() throws Exception {
        int many = 5 * MAX_BACKLOG;
        things.writeRows(tenant, many, "one of many");
        awaitRelayed();
        int now = epoch.raise();

        var retelling = CompletableFuture.supplyAsync(this::retell);

        long most = 0;
        while (!retelling.isDone()) {
            most = Math.max(most, waiting());
            Thread.sleep(5);
        }
        assertThat(retelling.get().path("state").asText()).isEqualTo("SUCCEEDED");
        assertThat(most).isLessThanOrEqualTo(MAX_BACKLOG + TellRows.BATCH);
        awaitRelayed();
        eventually(
                LONG,
                () -> assertThat(fold().values())
                        .hasSize(many)
                        .allSatisfy(last -> assertThat(last.epoch()).isEqualTo(now)));
    }

    @Test
    void givenARetelling_thenItTellsHowFarItCameAndIsListed() {
        epoch.raise();
        var begun = operator.post(RETELLINGS, "{\"aggregates\": [\"thing\"]}");
        var id = begun.body().path("id").asText();

        var ended = operator.ended(RETELLINGS, begun);

        assertThat(begun.status()).isEqualTo(202);
        assertThat(ended.path("aggregates").toString()).isEqualTo("[\"thing\"]");
        assertThat(ended.path("phase").asText()).isEqualTo("TELLING_LOST");
        assertThat(operator.get(RETELLINGS).body().path("items"))
                .anySatisfy(one -> assertThat(one.path("id").asText()).isEqualTo(id));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    {"aggregates": ["nothing"]}          | 422 | /aggregates/0
                    {"aggregates": ["thing", null]}      | 422 | /aggregates/1
                    {"aggregates": []}                   | 422 | /aggregates
                    {"aggregates": "thing"}              | 400 | /aggregates
                    {"tenant": "some"}                   | 400 | /tenant
                    """)
    void givenWhatCannotBeDone_thenTheFieldIsNamed(String body, int status, String field) {
        var refused = operator.post(RETELLINGS, body);

        assertThat(refused.status()).isEqualTo(status);
        assertThat(refused.body().at("/errors/0/pointer").asText()).isEqualTo(field);
    }

    @Test
    void givenWhoeverIsNoOperator_thenNothingIsToldOrDone() {
        var admin = AdminApi.with(Tokens.of(tenant.value(), "admin"));

        assertThat(admin.post(RETELLINGS, "{}").status()).isEqualTo(403);
        assertThat(admin.get(RETELLINGS).status()).isEqualTo(403);
        assertThat(operator.get(RETELLINGS + "/" + Ids.next()).status()).isEqualTo(404);
    }

    /** A thing that had these names, one a version. */
    private UUID written(String... names) {
        var id = Ids.next();
        for (var name : names) {
            things.write(tenant, id, name);
        }
        return id;
    }

    private void awaitTold(UUID... ids) {
        eventually(
                LONG,
                () -> assertThat(fold())
                        .containsKeys(Arrays.stream(ids).map(UUID::toString).toArray(String[]::new)));
        awaitRelayed();
    }

    private void awaitRelayed() {
        eventually(LONG, () -> assertThat(waiting()).isZero());
    }

    private long waiting() {
        return Long.parseLong(database.query("select count(*) from outbox where tenant = ?", tenant.value())
                .getFirst());
    }

    /** As a backup has it. */
    private void putBack(UUID id, long version, String name) {
        assertThat(database.update(
                        "update thing set version = ?, name = ? where tenant = ? and id = ?",
                        version,
                        name,
                        tenant.value(),
                        id))
                .isEqualTo(1);
    }

    /** As a backup from before it was made does not have it. */
    private void remove(UUID id) {
        assertThat(database.update("delete from thing where tenant = ? and id = ?", tenant.value(), id))
                .isEqualTo(1);
    }

    private JsonNode retell() {
        return operator.ended(RETELLINGS, operator.post(RETELLINGS, "{}"));
    }

    /** How many records all tenants have in the log when nothing is on its way there, and a commit shows a little late. */
    private int recordsOfAll() {
        eventually(
                LONG,
                () -> assertThat(database.query("select 1 from outbox limit 1")).isEmpty());
        var looks = new ArrayDeque<Integer>();
        return eventually(LONG, () -> EventLog.readAll(TOPIC).size(), size -> {
            boolean same = size.equals(looks.peekLast());
            looks.add(size);
            return same;
        });
    }

    private SortedMap<String, Last> fold() {
        return LogFold.of(TOPIC, tenant.value());
    }

    private static Last last(SortedMap<String, Last> log, UUID id) {
        return Objects.requireNonNull(log.get(id.toString()));
    }

    private static Last told(long version, UUID id, String name) {
        var state = new ObjectMapper()
                .createObjectNode()
                .put("id", id.toString())
                .put("version", (int) version)
                .put("name", name);
        return new Last(0, version, state);
    }

    private String read(UUID id) {
        return switch (cache.read(tenant, id, List.of(kind), Demand.NONE)
                .await()
                .atMost(PATIENCE)
                .getFirst()) {
            case View.Live live -> live.json().toString();
            case View.Gone _, View.Absent _ -> "nothing";
        };
    }
}
