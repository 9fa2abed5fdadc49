package io.souk.kit.job;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import io.souk.kit.id.Ids;
import io.souk.kit.page.Limit;
import io.souk.kit.tenant.TenantId;
import io.souk.kit.tenant.Transactions;
import io.souk.testing.SoukServers;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

import static io.souk.kit.Things.PATIENCE;
import static io.souk.kit.Things.anyTenant;
import static io.souk.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

@QuarkusTest
@WithTestResource(value = SoukServers.class, scope = TestResourceScope.GLOBAL)
class JobsTest {
    private static final String COUNT_THINGS =
            "select count(*) as things from thing where tenant = $1 and name = 'counted'";

    /** As a replica leaves its job that was killed in the middle. $3 its run, $4 since when its lease is over. */
    private static final String ABANDON = """
            insert into job (tenant, id, kind, state, input, total, position, counts, lease_owner, lease_until, started_at)
            values ($1, $2, 'counting', 'RUNNING', '{}', 25, 10, '{"counted": 10}', $3, now() + $4 * interval '1 second', now())
            """;

    @Inject
    Jobs jobs;

    @Inject
    JobRepository repository;

    @Inject
    JobsConfig config;

    @Inject
    Counting counting;

    @Inject
    Transactions transactions;

    @Test
    void givenAJob_thenItIsDoneInStepsAndCounted() {
        var tenant = anyTenant();

        var done = ended(tenant, create(tenant, nothing(), 25));

        assertThat(done.state()).isEqualTo(JobState.SUCCEEDED);
        assertThat(done.position()).isEqualTo(25);
        assertThat(done.counts()).containsExactly(Map.entry("counted", 25L));
        assertThat(done.startedAt()).isNotNull();
        assertThat(done.finishedAt()).isNotNull();
        assertThat(things(tenant)).isEqualTo(3);
    }

    @Test
    void givenFailuresThatPass_thenTheStepIsRunAgainAndHasHappenedOnce() {
        var tenant = anyTenant();

        var done = ended(tenant, create(tenant, failing("passing", 10, 3), 25));

        assertThat(done.state()).isEqualTo(JobState.SUCCEEDED);
        assertThat(done.counts()).containsEntry("counted", 25L);
        assertThat(things(tenant)).isEqualTo(3);
    }

    /** The row is locked for longer than the server lets a statement wait for it, so the note of the failure fails as well. */
    @Test
    void givenAFailureThatCannotBeNotedAtFirst_thenTheJobGoesOnLongBeforeItsLeaseIsOver() {
        var tenant = anyTenant();
        var id = create(tenant, failing("gate", 10, 1), 25);
        eventually(() -> assertThat(jobs.find(tenant, id).await().atMost(PATIENCE))
                .extracting(Job::position)
                .isEqualTo(10L));
        eventually(() -> assertThat(counting.isAtWork(tenant.value())).isTrue());
        var held = transactions
                .inTenant(
                        tenant,
                        tx -> tx.sql()
                                .preparedQuery("select from job where tenant = $1 and id = $2 for update")
                                .execute(Tuple.of(tenant.value(), id))
                                .chain(() ->
                                        tx.sql().query("select pg_sleep(6)").execute()))
                .subscribeAsCompletionStage();
        eventually(() -> assertThat(waitingForLocks(tenant)).isPositive());

        long failed = System.nanoTime();
        counting.gate(tenant.value()).complete(null);
        var done = ended(tenant, id);

        assertThat(done.state()).isEqualTo(JobState.SUCCEEDED);
        assertThat(Duration.ofNanos(System.nanoTime() - failed))
                .isLessThan(config.lease().minusSeconds(5));
        assertThat(held).succeedsWithin(PATIENCE);
    }

    private long waitingForLocks(TenantId tenant) {
        return transactions
                .inTenant(
                        tenant,
                        tx -> tx.sql()
                                .query("select count(*) as waiting from pg_stat_activity"
                                        + " where datname = current_database() and wait_event_type = 'Lock'")
                                .execute()
                                .map(rows -> rows.iterator().next().getLong("waiting")))
                .await()
                .atMost(PATIENCE);
    }

    @Test
    void givenFailuresThatDoNotEnd_thenTheJobGivesUpAndKeepsWhatItDid() {
        var tenant = anyTenant();

        var failed = ended(tenant, create(tenant, failing("passing", 10, 1_000), 25));

        assertThat(failed.state()).isEqualTo(JobState.FAILED);
        assertThat(failed.failure()).startsWith("Gave up after 4 attempts");
        assertThat(failed.position()).isEqualTo(10);
        assertThat(things(tenant)).isEqualTo(1);
    }

    /** More often than a job may fail. */
    @Test
    void givenAStepThatComesBackLater_thenThatIsNoFailureHoweverOften() {
        var tenant = anyTenant();

        var done = ended(tenant, create(tenant, failing("later", 10, config.maxAttempts() + 2), 25));

        assertThat(done.state()).isEqualTo(JobState.SUCCEEDED);
        assertThat(done.counts()).containsExactly(Map.entry("counted", 25L));
    }

    @Test
    void givenARefusal_thenTheJobFailsWithItsReason() {
        var tenant = anyTenant();

        var failed = ended(tenant, create(tenant, failing("refusal", 0, 1), 25));

        assertThat(failed.state()).isEqualTo(JobState.FAILED);
        assertThat(failed.failure()).endsWith("the counter is taken");
    }

    @Test
    void givenABug_thenTheJobFailsAndTellsNothing() {
        var tenant = anyTenant();

        var failed = ended(tenant, create(tenant, failing("bug", 0, 1), 25));

        assertThat(failed.state()).isEqualTo(JobState.FAILED);
        assertThat(failed.failure()).doesNotContain("secret");
    }

    @Test
    void givenAReplicaThatDied_thenItsJobGoesOnFromItsLastStep() {
        var tenant = anyTenant();
        var id = abandon(tenant, -1);

        var done = ended(tenant, id);

        assertThat(done.state()).isEqualTo(JobState.SUCCEEDED);
        assertThat(done.counts()).containsEntry("counted", 25L);
        assertThat(things(tenant)).as("10 were counted before").isEqualTo(2);
    }

    @Test
    void givenAStepThatKillsEveryProcess_thenTheJobFailsAfterSomeStarts() {
        var tenant = anyTenant();
        var kind = "deadly-" + tenant.value();
        var id = createOf(kind, tenant);
        for (int i = 0; i < config.maxStarts(); i++) {
            claimAndDie(kind);
        }

        runOneStep(kind);

        var failed = found(tenant, id);
        assertThat(failed.state()).isEqualTo(JobState.FAILED);
        assertThat(failed.failure()).startsWith("Gave up after " + config.maxStarts() + " starts");
        assertThat(things(tenant)).as("it was not begun once more").isZero();
    }

    @Test
    void givenProgressInTime_thenStartsAreCountedAnew() {
        var tenant = anyTenant();
        var kind = "deadly-" + tenant.value();
        var id = createOf(kind, tenant);
        for (int step = 1; step <= 2; step++) {
            for (int i = 1; i < config.maxStarts(); i++) {
                claimAndDie(kind);
            }

            runOneStep(kind);

            assertThat(found(tenant, id).state()).isEqualTo(JobState.RUNNING);
            assertThat(found(tenant, id).position()).isEqualTo(10L * step);
        }
    }

    /** All that a process does for a job before it dies in the middle of a step. */
    private void claimAndDie(String kind) {
        claim(Ids.next(), kind, Duration.ZERO);
    }

    private void runOneStep(String kind) {
        var run = Ids.next();
        var job = claim(run, kind, Duration.ofMinutes(1)).job();
        new JobRun(run, job, counting, transactions, repository, config, () -> true)
                .turn()
                .await()
                .atMost(PATIENCE);
    }

    private JobRepository.Claimed claim(UUID run, String kind, Duration lease) {
        return Objects.requireNonNull(transactions
                .asWorker(worker -> repository.claim(worker, run, lease, Set.of(kind)))
                .await()
                .atMost(PATIENCE));
    }

    /** Of a kind that the runner does not know: only the test runs it. */
    private UUID createOf(String kind, TenantId tenant) {
        return transactions
                .inTenant(tenant, tx -> repository.insert(tx, Ids.next(), kind, nothing(), 25L))
                .map(Job::id)
                .await()
                .atMost(PATIENCE);
    }

    private Job found(TenantId tenant, UUID id) {
        return Objects.requireNonNull(jobs.find(tenant, id).await().atMost(PATIENCE));
    }

    @Test
    void givenALeaseThatRuns_thenTheJobIsLeftAlone() {
        var tenant = anyTenant();
        var id = abandon(tenant, 3_600);

        var job = Objects.requireNonNull(
                jobs.await(tenant, id, Duration.ofSeconds(1)).await().atMost(PATIENCE));

        assertThat(job.state()).isEqualTo(JobState.RUNNING);
        assertThat(job.position()).isEqualTo(10);
    }

    @Test
    void givenALeaseThatWasLost_thenItsRunCommitsNothing() {
        var tenant = anyTenant();
        var id = abandon(tenant, 3_600);
        var job = found(tenant, id);
        var paused = new JobRun(Ids.next(), job, counting, transactions, repository, config, () -> false);

        paused.turn().await().atMost(PATIENCE);

        assertThat(things(tenant)).isZero();
        assertThat(jobs.find(tenant, id).await().atMost(PATIENCE)).isEqualTo(job);
    }

    @Test
    void givenManyJobsOfOneTenant_thenTheyRunOneAfterTheOther() {
        var tenant = anyTenant();
        int before = counting.overlaps();
        var ids = new ArrayList<UUID>();
        for (int i = 0; i < 5; i++) {
            ids.add(create(tenant, nothing(), 25));
        }

        for (var id : ids) {
            assertThat(ended(tenant, id).state()).isEqualTo(JobState.SUCCEEDED);
        }
        assertThat(counting.overlaps()).isEqualTo(before);
    }

    @Test
    void givenTenantsWithEndlessJobs_thenAnotherTenantGetsItsTurn() {
        var busy = new ArrayList<TenantId>();
        var held = new ArrayList<UUID>();
        for (int i = 0; i < config.concurrency() + 2; i++) {
            var tenant = anyTenant();
            counting.hold(tenant.value());
            busy.add(tenant);
            held.add(create(tenant, nothing(), 10));
        }
        var patient = anyTenant();

        assertThat(ended(patient, create(patient, nothing(), 25)).state()).isEqualTo(JobState.SUCCEEDED);

        for (int i = 0; i < busy.size(); i++) {
            counting.letGo(busy.get(i).value());
            assertThat(ended(busy.get(i), held.get(i)).state()).isEqualTo(JobState.SUCCEEDED);
        }
    }

    @Test
    void givenTwoClaimsAtOnce_thenEachJobIsClaimedOnce() {
        var tenant = anyTenant();
        var kind = "nobody-runs-this-" + tenant.value();
        transactions
                .inTenant(tenant, tx -> repository.insert(tx, Ids.next(), kind, nothing(), null))
                .await()
                .atMost(PATIENCE);

        var claims = new ArrayList<CompletableFuture<JobRepository.@Nullable Claimed>>();
        for (int i = 0; i < 4; i++) {
            claims.add(transactions
                    .asWorker(worker -> repository.claim(worker, Ids.next(), Duration.ofMinutes(1), Set.of(kind)))
                    .subscribeAsCompletionStage());
        }

        assertThat(claims.stream().map(CompletableFuture::join).filter(Objects::nonNull))
                .hasSize(1);
    }

    @Test
    void givenAnotherTenant_thenItsJobIsNotThere() {
        var id = create(anyTenant(), nothing(), 10);

        assertThat(jobs.find(anyTenant(), id).await().atMost(PATIENCE)).isNull();
        assertThat(jobs.await(anyTenant(), id, Duration.ofMinutes(5)).await().atMost(PATIENCE))
                .isNull();
    }

    @Test
    void givenManyJobs_thenTheListHasThemNewestFirstInPages() {
        var tenant = anyTenant();
        var first = create(tenant, nothing(), 10);
        var second = create(tenant, nothing(), 10);
        var third = create(tenant, nothing(), 10);

        var page = jobs.list(tenant, Counting.KIND, new Limit(2), null).await().atMost(PATIENCE);
        var rest = jobs.list(tenant, Counting.KIND, new Limit(2), page.next())
                .await()
                .atMost(PATIENCE);

        assertThat(page.items()).extracting(Job::id).containsExactly(third, second);
        assertThat(rest.items()).extracting(Job::id).containsExactly(first);
        assertThat(rest.next()).isNull();
    }

    @Test
    void givenATransactionThatFails_thenThereIsNoJob() {
        var tenant = anyTenant();

        assertThatThrownBy(() -> transactions
                        .inTenant(
                                tenant,
                                tx -> jobs.create(tx, Counting.KIND, nothing(), 10L)
                                        .chain(() -> Uni.createFrom().failure(new IllegalStateException("no"))))
                        .await()
                        .atMost(PATIENCE))
                .hasMessage("no");

        assertThat(jobs.list(tenant, Counting.KIND, new Limit(2), null)
                        .await()
                        .atMost(PATIENCE)
                        .items())
                .isEmpty();
    }

    private UUID create(TenantId tenant, JsonNode input, long total) {
        return transactions
                .inTenant(tenant, tx -> jobs.create(tx, Counting.KIND, input, total))
                .map(Job::id)
                .await()
                .atMost(PATIENCE);
    }

    private UUID abandon(TenantId tenant, int leaseSeconds) {
        var id = Ids.next();
        transactions
                .inTenant(
                        tenant,
                        tx -> tx.sql()
                                .preparedQuery(ABANDON)
                                .execute(Tuple.of(tenant.value(), id, Ids.next(), leaseSeconds)))
                .await()
                .atMost(PATIENCE);
        return id;
    }

    private Job ended(TenantId tenant, UUID id) {
        return Objects.requireNonNull(jobs.await(tenant, id, PATIENCE).await().atMost(PATIENCE.plusSeconds(5)));
    }

    private long things(TenantId tenant) {
        return transactions
                .inTenant(
                        tenant,
                        tx -> tx.sql()
                                .preparedQuery(COUNT_THINGS)
                                .execute(Tuple.of(tenant.value()))
                                .map(rows -> rows.iterator().next().getLong("things")))
                .await()
                .atMost(PATIENCE);
    }

    private static JsonNode nothing() {
        return JsonNodeFactory.instance.objectNode();
    }

    private static JsonNode failing(String how, long at, int times) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("how", how)
                .put("failAt", at)
                .put("times", times);
    }
}
