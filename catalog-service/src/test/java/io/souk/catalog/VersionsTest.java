package io.souk.catalog;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.souk.testing.EventLog;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

import static io.souk.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

/** Every write says what it changed, and what it says is what the topics tell. */
@QuarkusTest
class VersionsTest extends CatalogServiceTest {
    private static final List<String> TOPICS = List.of("product", "price", "availability", "brand", "tenant");

    @BeforeEach
    void meetTheTenant() {
        shop.admin().get("/v1/brands").then().statusCode(200).header("Souk-Version", nullValue());
    }

    @Test
    void aWriteNamesTheOneThingThatItChanged() {
        var made = shop.admin().body("{\"name\": \"Acme\"}").post("/v1/brands");
        String id = made.then().statusCode(201).extract().path("id");
        assertThat(changed(made)).containsExactly("brand/" + id + "=1");

        var renamed = shop.as("admin")
                .contentType(Catalog.MERGE_PATCH)
                .header("If-Match", "\"1\"")
                .body("{\"name\": \"Acme & Sons\"}")
                .patch("/v1/brands/" + id);
        assertThat(changed(renamed)).containsExactly("brand/" + id + "=2");

        var deleted = shop.as("admin").header("If-Match", "\"2\"").delete("/v1/brands/" + id);
        deleted.then().statusCode(204);
        assertThat(changed(deleted)).containsExactly("brand/" + id + "=3");
    }

    @Test
    void aWriteNamesAllThatFollowsInItsTransaction() {
        var product = shop.published();
        var prices =
                "{\"prices\": [{\"sku\": \"%s\", \"amount\": 450, \"currency\": \"USD\"}]}".formatted(product.sku());
        var priced =
                shop.admin().header("If-None-Match", "*").body(prices).put("/v1/products/" + product.id() + "/prices");
        assertThat(changed(priced)).contains("price/" + product.id() + "=1");

        var deleted = shop.as("admin").header("If-Match", product.etag()).delete("/v1/products/" + product.id());

        deleted.then().statusCode(204);
        assertThat(changed(deleted)).contains("product/" + product.id() + "=3", "price/" + product.id() + "=2");
        eventually(() -> assertThat(told(product.id())).containsAll(changed(deleted)));
    }

    @Test
    void whatChangesNothingOrFailsNamesNothing() {
        var draft = shop.draft();

        shop.patch(draft, "{\"name\": \"%s\"}".formatted(draft.json().getString("name")))
                .then()
                .statusCode(200)
                .header("ETag", notNullValue())
                .header("Souk-Version", nullValue());
        shop.admin()
                .header("If-Match", "\"7\"")
                .post("/v1/products/" + draft.id() + "/publish")
                .then()
                .statusCode(412)
                .header("Souk-Version", nullValue());
        shop.as("admin")
                .get("/v1/products/" + draft.id())
                .then()
                .statusCode(200)
                .header("Souk-Version", nullValue());
    }

    @Test
    void theFirstWriteOfATenantNamesTheTenantToo() {
        eventually(
                () -> { // a request waits but half a second until its tenant is noted, and goes on without
                    var made =
                            Catalog.fresh().admin().body("{\"name\": \"Acme\"}").post("/v1/brands");

                    assertThat(changed(made)).hasSize(2).anyMatch(entry -> entry.startsWith("tenant/"));
                });
    }

    @Test
    void whatAnImportWillChangeIsNotNamed() {
        var ended = eventually( // in time to be told of, that is
                Duration.ofMinutes(2),
                () -> shop.as("admin")
                        .contentType("application/x-ndjson")
                        .header("Prefer", "wait=30")
                        .body("{\"name\": \"Imported\", \"variants\": [{\"sku\": \"%s\"}]}\n"
                                .formatted(Catalog.sku())
                                .getBytes(StandardCharsets.UTF_8))
                        .post("/v1/imports"),
                answer -> answer.statusCode() == 200);

        ended.then().header("Souk-Version", nullValue());
    }

    private static List<String> changed(Response answer) {
        return List.of(answer.header("Souk-Version").split(", ", -1));
    }

    /** What the topics tell of a product. */
    private List<String> told(String id) {
        return TOPICS.stream().flatMap(aggregate -> told(aggregate, id)).toList();
    }

    private Stream<String> told(String aggregate, String id) {
        return EventLog.readAll(EventLog.topic("catalog", aggregate), shop.tenant() + "/" + id).stream()
                .map(record -> aggregate + "/" + id + "="
                        + new String(
                                record.headers()
                                        .lastHeader("ce_aggregateversion")
                                        .value(),
                                StandardCharsets.UTF_8));
    }
}
