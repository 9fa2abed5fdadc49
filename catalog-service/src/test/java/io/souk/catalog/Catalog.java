package io.souk.catalog;

import io.restassured.RestAssured;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import io.souk.testing.Tenants;
import io.souk.testing.Tokens;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import static io.souk.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

/** The catalogue of one fresh tenant, as its admin works with it. */
public final class Catalog {
    public static final String MERGE_PATCH = "application/merge-patch+json";

    private final String tenant;

    private Catalog(String tenant) {
        this.tenant = tenant;
    }

    public static Catalog fresh() {
        return new Catalog(Tenants.fresh());
    }

    public String tenant() {
        return tenant;
    }

    /** A request by someone of this tenant. */
    public RequestSpecification as(String role) {
        return RestAssured.given().auth().oauth2(Tokens.of(tenant, role));
    }

    public RequestSpecification admin() {
        return as("admin").contentType("application/json");
    }

    /** A draft with one variant and fresh keys. */
    public Made draft() {
        return draft("Bread " + random(), sku(), gtin());
    }

    public Made draft(String name, String sku, String gtin) {
        return create("""
                {"name": "%s", "type": "grocery", "attributes": {"ingredients": "flour, water"},
                 "variants": [{"sku": "%s", "gtins": ["%s"]}]}
                """.formatted(name, sku, gtin));
    }

    public Made create(String body) {
        var answer = admin().body(body).post("/v1/products");
        answer.then().statusCode(201);
        return new Made(answer.jsonPath());
    }

    public Made published() {
        return publish(draft());
    }

    public Made publish(Made product) {
        var answer = admin().header("If-Match", product.etag()).post("/v1/products/" + product.id() + "/publish");
        answer.then().statusCode(200);
        return new Made(answer.jsonPath());
    }

    public Response patch(Made product, String patch) {
        return as("admin")
                .contentType(MERGE_PATCH)
                .header("If-Match", product.etag())
                .body(patch)
                .patch("/v1/products/" + product.id());
    }

    public Response card(Made product, String role) {
        return as(role).get("/v1/products/" + product.id());
    }

    /** The import, once it has ended: on a busy machine that may be after the time for which its sender waits. */
    public Response ended(Response begun) {
        var over = begun.jsonPath().getString("finishedAt") != null;
        assertThat(begun.statusCode()).isEqualTo(over ? 200 : 202);
        var path = "/v1/imports/" + begun.jsonPath().getString("id");
        return eventually(
                Duration.ofMinutes(2),
                () -> as("admin").get(path),
                answer -> answer.jsonPath().getString("finishedAt") != null);
    }

    /** As the tables have it. */
    public Response cardPastCaches(Made product, String role) {
        return as(role).header("Cache-Control", "no-cache").get("/v1/products/" + product.id());
    }

    public static String sku() {
        return "SKU-" + random();
    }

    /** A product whose event would be larger than an event may be, though each of its fields is within its bounds. */
    public static String tooLargeProduct() {
        var options = IntStream.range(0, 10)
                .mapToObj(i -> "\"o%d\":\"%s\"".formatted(i, "👟".repeat(95)))
                .collect(Collectors.joining(","));
        return IntStream.range(0, 250)
                .mapToObj(i -> "{\"sku\":\"L-%d\",\"options\":{%s}}".formatted(i, options))
                .collect(Collectors.joining(",", "{\"name\":\"large\",\"variants\":[", "]}"));
    }

    /** A GTIN-13 that no other test has. */
    public static String gtin() {
        var digits = "%012d".formatted(ThreadLocalRandom.current().nextLong(100_000_000_000L, 999_999_999_999L));
        int sum = 0;
        for (int i = 0; i < 12; i++) {
            sum += (digits.charAt(i) - '0') * (i % 2 == 0 ? 1 : 3);
        }
        return digits + (10 - sum % 10) % 10;
    }

    public static String random() {
        return Long.toString(ThreadLocalRandom.current().nextLong(1L << 40, 1L << 50), 36);
    }

    /** A product as an answer told it. */
    public record Made(JsonPath json) {
        public String id() {
            return json.getString("id");
        }

        public long version() {
            return json.getLong("version");
        }

        public String etag() {
            return "\"" + version() + "\"";
        }

        public String sku() {
            return json.getString("variants[0].sku");
        }

        public String variantId() {
            return json.getString("variants[0].id");
        }

        public String gtin() {
            return json.getString("variants[0].gtins[0]");
        }

        public Map<String, Object> all() {
            return json.getMap("$");
        }
    }
}
