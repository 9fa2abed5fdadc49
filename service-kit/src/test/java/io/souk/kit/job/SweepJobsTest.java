package io.souk.kit.job;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.souk.kit.id.Ids;
import io.souk.kit.tenant.TenantId;
import io.souk.kit.tenant.Transactions;
import io.souk.testing.SoukServers;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.UUID;

import static io.souk.kit.Things.PATIENCE;
import static io.souk.kit.Things.anyTenant;
import static org.assertj.core.api.Assertions.assertThat;

@QuarkusTest
@WithTestResource(value = SoukServers.class, scope = TestResourceScope.GLOBAL)
class SweepJobsTest {
    /** $1 tenant, $2 id, $3 kind, $4 how long ago it ended, $5 its state. */
    private static final String ENDED = """
            insert into job (tenant, id, kind, state, input, finished_at)
            values ($1, $2, $3, $5, '{}', now() - $4::text::interval)
            """;

    private static final String RESULTS = """
            insert into thing (tenant, id, name, version)
            select $1, gen_random_uuid(), 'counted', 1
              from generate_series(1, $2)
            """;

    @Inject
    SweepJobs sweep;

    @Inject
    Jobs jobs;

    @Inject
    JobRepository repository;

    @Inject
    Transactions transactions;

    private final TenantId tenant = anyTenant();

    @Test
    void givenJobsOfAllAges_thenOnlyThoseGoThatEndedLongerAgoThanTheRetention() {
        var old = ended("counting", "7 days 1 minute", "SUCCEEDED");
        var failed = ended("counting", "100 days", "FAILED");
        var ofNobody = ended("a-kind-of-earlier", "8 days", "SUCCEEDED");
        var recent = ended("counting", "6 days 23 hours", "SUCCEEDED");
        var waiting = transactions
                .inTenant(
                        tenant,
                        tx -> repository.insert(
                                tx, Ids.next(), "nobody-runs-this", JsonNodeFactory.instance.objectNode(), null))
                .map(Job::id)
                .await()
                .atMost(PATIENCE);

        sweepAll();

        assertThat(isThere(old)).isFalse();
        assertThat(isThere(failed)).isFalse();
        assertThat(isThere(ofNobody)).isFalse();
        assertThat(isThere(recent)).isTrue();
        assertThat(isThere(waiting)).isTrue();
    }

    @Test
    void givenAReportLargerThanABatch_thenItGoesInBatchesAndTheJobWithTheLastOfThem() {
        sweepAll();
        var job = ended("counting", "8 days", "SUCCEEDED");
        execute(RESULTS, Tuple.of(tenant.value(), SweepJobs.ROWS + 1));

        assertThat(sweepOnce()).isTrue();
        assertThat(things()).isEqualTo(1);
        assertThat(isThere(job)).isTrue();

        assertThat(sweepOnce()).isFalse();
        assertThat(things()).isZero();
        assertThat(isThere(job)).isFalse();
    }

    @Test
    void givenMoreJobsThanABatch_thenTheNextOneFollowsAtOnce() {
        sweepAll();
        for (int i = 0; i <= SweepJobs.JOBS; i++) {
            ended("counting", "8 days", "SUCCEEDED");
        }

        assertThat(sweepOnce()).isTrue();
        assertThat(sweepOnce()).isFalse();
    }

    @Test
    void theSweepReadsByItsIndex() {
        var plan = transactions
                .asWorker(worker -> worker.query("set local enable_seqscan = off") // as for a large table
                        .execute()
                        .chain(() -> worker.preparedQuery("explain " + JobRepository.EXPIRED)
                                .execute(Tuple.of(1L, 100))))
                .await()
                .atMost(PATIENCE);

        var lines = new ArrayList<String>();
        plan.forEach(row -> lines.add(row.getString(0)));
        assertThat(lines).anyMatch(line -> line.contains("Index Scan using job_finished"));
    }

    private UUID ended(String kind, String ago, String state) {
        var id = Ids.next();
        execute(ENDED, Tuple.of(tenant.value(), id, kind, ago, state));
        return id;
    }

    private void execute(String sql, Tuple values) {
        transactions
                .inTenant(tenant, tx -> tx.sql().preparedQuery(sql).execute(values))
                .await()
                .atMost(PATIENCE);
    }

    private boolean sweepOnce() {
        return sweep.sweep().await().atMost(PATIENCE);
    }

    private void sweepAll() {
        while (sweepOnce()) {
            // until nothing is left of other tests
        }
    }

    private boolean isThere(UUID id) {
        return jobs.find(tenant, id).await().atMost(PATIENCE) != null;
    }

    private long things() {
        return transactions
                .inTenant(
                        tenant,
                        tx -> tx.sql()
                                .preparedQuery("select count(*) from thing where tenant = $1")
                                .execute(Tuple.of(tenant.value()))
                                .map(rows -> rows.iterator().next().getLong(0)))
                .await()
                .atMost(PATIENCE);
    }
}
