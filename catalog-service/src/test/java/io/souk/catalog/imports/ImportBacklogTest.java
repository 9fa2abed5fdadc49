package io.souk.catalog.imports;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.souk.catalog.Catalog;
import io.souk.catalog.CatalogServiceTest;
import io.souk.testing.Database;
import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import static io.souk.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

/** Nothing is relayed here but what the test takes out of the outbox itself. */
@QuarkusTest
@TestProfile(ImportBacklogTest.WithoutRelay.class)
class ImportBacklogTest extends CatalogServiceTest {
    public static final class WithoutRelay implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "souk.relay.enabled", "false",
                    "souk.imports.chunk-rows", "50",
                    "souk.imports.max-backlog", "120",
                    "souk.jobs.poll-every", "50ms");
        }
    }

    private static final int ROWS = 1_000;
    private static final Duration DEADLINE = Duration.ofSeconds(60);

    @Test
    void givenATenantsBacklogBeyondItsBound_thenItsImportWaitsAndGoesOnAsTheBacklogGoes() {
        var path = begin(shop);

        eventually(DEADLINE, () -> assertThat(waiting()).isGreaterThan(120));
        long stoodAt = done(path);
        assertThat(stoodAt).isLessThan(ROWS);
        assertThat(waiting()).as("the bound, and what the last chunk added").isLessThanOrEqualTo(120 + 50 * 4);

        var other = Catalog.fresh();
        other.as("admin")
                .contentType("application/x-ndjson")
                .body(rows(10))
                .post("/v1/imports")
                .then()
                .statusCode(202);
        eventually(DEADLINE, () -> other.as("admin").get("/v1/products").then().body("items.size()", equalTo(10)));
        assertThat(done(path))
                .as("another tenant's import is not held up, and lifts no bound")
                .isEqualTo(stoodAt);

        eventually(DEADLINE, () -> {
            relay();
            shop.as("admin").get(path).then().body("state", equalTo("SUCCEEDED"));
        });
        shop.as("admin").get(path).then().body("counts.created", equalTo(ROWS)).body("done", equalTo(ROWS));
    }

    private static String begin(Catalog shop) {
        var begun = shop.as("admin")
                .contentType("application/x-ndjson")
                .body(rows(ROWS))
                .post("/v1/imports");
        begun.then().statusCode(202);
        return "/v1/imports/" + begun.jsonPath().getString("id");
    }

    private static byte[] rows(int count) {
        return IntStream.range(0, count)
                .mapToObj("{\"name\": \"p\", \"variants\": [{\"sku\": \"S-%d\"}]}"::formatted)
                .collect(Collectors.joining("\n"))
                .getBytes(StandardCharsets.UTF_8);
    }

    private long done(String path) {
        return shop.as("admin").get(path).jsonPath().getLong("done");
    }

    private long waiting() {
        try (var worker = Database.of("catalog", "worker")) {
            return Long.parseLong(worker.query("select count(*) from outbox where tenant = ?", shop.tenant())
                    .getFirst());
        }
    }

    private void relay() {
        try (var worker = Database.of("catalog", "worker")) {
            worker.update("delete from outbox where tenant = ?", shop.tenant());
        }
    }
}
