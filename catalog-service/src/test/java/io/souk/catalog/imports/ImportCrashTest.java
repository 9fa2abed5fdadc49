package io.souk.catalog.imports;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.souk.catalog.CatalogServiceTest;
import io.souk.kit.id.Ids;
import io.souk.kit.tenant.TenantId;
import io.souk.kit.tenant.Transactions;
import io.souk.testing.Database;
import io.souk.testing.EventLog;
import jakarta.inject.Inject;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import static io.souk.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hamcrest.Matchers.equalTo;

/** What becomes of an import whose replica dies: at any point, a row is done once and told of once. */
@QuarkusTest
class ImportCrashTest extends CatalogServiceTest {
    private static final int ROWS = 5_000;
    private static final int DISTURBANCES = 6;
    private static final Duration DEADLINE = Duration.ofMinutes(3);

    /** As after {@code kill -9}: the server rolls back what the step under way has done. */
    private static final String CUT_STEP = """
        select pg_terminate_backend(pid)
          from pg_stat_activity
         where pid in (select pid from pg_locks where relation = 'import_chunk'::regclass and granted)
           and usename = current_user
           and pid <> pg_backend_pid()
        """;

    /** As after a pause longer than the lease: somebody else has the job, and then dies too. */
    private static final String TAKE_LEASE = """
        update job
           set lease_owner = ?, lease_until = now() + interval '100 milliseconds'
         where tenant = ?
           and state = 'RUNNING'
           and lease_owner is not null
        """;

    @Inject
    ImportRepository imports;

    @Inject
    SweepUploads sweep;

    @Inject
    Transactions transactions;

    /** Every tenth row names a SKU that an earlier row has, mostly one of another chunk. */
    private static String sku(int row) {
        return "C-" + (isTwin(row) ? (row - 9) % 1_000 : row);
    }

    private static boolean isTwin(int row) {
        return row % 10 == 9;
    }

    @Test
    void whateverDiesInTheMiddleEveryRowIsDoneOnceAndInOrder() {
        var rows = IntStream.range(0, ROWS)
                .mapToObj(row ->
                        "{\"name\": \"p\", \"brand\": \"B\", \"variants\": [{\"sku\": \"%s\"}]}".formatted(sku(row)))
                .collect(Collectors.joining("\n"));
        var begun = shop.as("admin")
                .contentType("application/x-ndjson")
                .body(rows.getBytes(StandardCharsets.UTF_8))
                .post("/v1/imports");
        begun.then().statusCode(202);
        var path = "/v1/imports/" + begun.jsonPath().getString("id");

        int cut = 0;
        int taken = 0;
        try (var app = Database.of("catalog", "app");
                var worker = Database.of("catalog", "worker")) {
            while (!isOver(path) && cut + taken < DISTURBANCES) {
                if (cut <= taken) {
                    cut += app.query(CUT_STEP).isEmpty() ? 0 : 1;
                } else {
                    taken += worker.update(TAKE_LEASE, UUID.randomUUID(), shop.tenant());
                }
            }
        }

        eventually(DEADLINE, () -> shop.as("admin").get(path).then().body("state", equalTo("SUCCEEDED")));
        assertThat(List.of(cut, taken)).allSatisfy(times -> assertThat(times).isPositive());
        shop.as("admin")
                .get(path)
                .then()
                .body("done", equalTo(ROWS))
                .body("counts.created", equalTo(ROWS - ROWS / 10))
                .body("counts.rejected", equalTo(ROWS / 10));
        assertThat(outcomes(path))
                .isEqualTo(IntStream.range(0, ROWS)
                        .mapToObj(row -> (row + 1) + (isTwin(row) ? " REJECTED" : " CREATED"))
                        .toList());
        eventually(DEADLINE, () -> assertThat(toldVersions()).hasSize(ROWS - ROWS / 10));
        assertThat(toldVersions()).containsOnly("1");
        shop.as("admin").get("/v1/brands").then().body("items.name", equalTo(List.of("B")));
    }

    private boolean isOver(String path) {
        return "SUCCEEDED".equals(shop.as("admin").get(path).jsonPath().getString("state"));
    }

    /** Line and outcome of each record, as the pages of the report give them. */
    private List<String> outcomes(String path) {
        var outcomes = new ArrayList<String>();
        @Nullable String next = null;
        do {
            JsonPath page = shop.as("admin")
                    .get(path + "/records?limit=200" + (next == null ? "" : "&cursor=" + next))
                    .jsonPath();
            List<Integer> lines = page.getList("items.line");
            List<String> became = page.getList("items.outcome");
            for (int i = 0; i < lines.size(); i++) {
                outcomes.add(lines.get(i) + " " + became.get(i));
            }
            next = page.getString("next");
        } while (next != null);
        return outcomes;
    }

    private List<String> toldVersions() {
        return EventLog.readAll(EventLog.topic("catalog", "product")).stream()
                .filter(record -> record.key().startsWith(shop.tenant() + "/"))
                .map(record -> new String(
                        record.headers().lastHeader("ce_aggregateversion").value(), StandardCharsets.UTF_8))
                .toList();
    }

    @Test
    void anUploadThatBrokeOffIsSweptAndItsRestIsRefused() {
        var tenant = new TenantId(shop.tenant());
        var abandoned = begin(tenant);
        var running = begin(tenant);
        try (var worker = Database.of("catalog", "worker")) {
            worker.update("update import_upload set touched_at = now() - interval '2 hours' where id = ?", abandoned);

            assertThat(sweep.sweep().await().atMost(Duration.ofSeconds(30))).isFalse();

            assertThat(worker.query("select id from import_upload where tenant = ?", shop.tenant()))
                    .containsExactly(running.toString());
            assertThat(worker.query("select upload_id from import_chunk where tenant = ?", shop.tenant()))
                    .containsExactly(running.toString());
        }
        put(tenant, running, 2);
        assertThatThrownBy(() -> put(tenant, abandoned, 2)).hasMessageContaining("abandoned");
        assertThatThrownBy(() -> transactions
                        .inTenant(tenant, tx -> imports.handOver(tx, abandoned, Ids.next()))
                        .await()
                        .atMost(Duration.ofSeconds(30)))
                .hasMessageContaining("abandoned");
    }

    /** An upload with its first line. */
    private UUID begin(TenantId tenant) {
        var upload = Ids.next();
        transactions
                .inTenant(tenant, tx -> imports.beginUpload(tx, upload))
                .await()
                .atMost(Duration.ofSeconds(30));
        put(tenant, upload, 1);
        return upload;
    }

    private void put(TenantId tenant, UUID upload, long line) {
        var chunk = new Chunk(line, 1, "{}\n".getBytes(StandardCharsets.UTF_8));
        transactions
                .inTenant(tenant, tx -> imports.put(tx, upload, chunk))
                .await()
                .atMost(Duration.ofSeconds(30));
    }
}
