package io.souk.catalog.availability;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.souk.catalog.Catalog;
import io.souk.catalog.CatalogServiceTest;
import io.souk.catalog.StockTopic;
import io.souk.kit.id.Ids;
import io.souk.testing.Database;
import io.souk.testing.EventLog;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.List;
import java.util.UUID;

import static io.souk.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

@QuarkusTest
class LowStockTest extends CatalogServiceTest {
    private final StockTopic inventory = new StockTopic(shop.tenant());

    @Test
    void theCardSaysHowAVariantIsOff_andEachChangeOfThatIsTold() {
        lowFrom(5).then().statusCode(200).body("lowStockUnits", equalTo(5));
        var product = shop.published();
        var level = Ids.next();

        inventory.level(level, 1, product.variantId(), 6);
        eventuallyShows(product, "IN_STOCK", 6);
        inventory.level(level, 2, product.variantId(), 5);
        eventuallyShows(product, "LOW", 5);
        inventory.level(level, 3, product.variantId(), 0);
        eventuallyShows(product, "SOLD_OUT", 0);
        inventory.level(level, 4, product.variantId(), 9);
        eventuallyShows(product, "IN_STOCK", 9);
        inventory.level(level, 5, product.variantId(), 8);
        eventuallyShows(product, "IN_STOCK", 8);

        eventuallyTold(product, 5);
        assertThat(events(product))
                .extracting(event -> event.getJsonArray("changed").contains("status"))
                .containsExactly(true, true, true, true, false);
        assertThat(events(product))
                .extracting(LowStockTest::variant)
                .extracting(variant -> variant.getString("statusBefore") + " " + variant.getString("status") + " since "
                        + variant.getLong("statusSince"))
                .containsExactly(
                        "null IN_STOCK since 1",
                        "IN_STOCK LOW since 2",
                        "LOW SOLD_OUT since 3",
                        "SOLD_OUT IN_STOCK since 4",
                        "SOLD_OUT IN_STOCK since 4");
    }

    @Test
    void withoutANumberNothingIsLow() {
        var product = shop.published();

        inventory.level(Ids.next(), 1, product.variantId(), 1);

        eventuallyShows(product, "IN_STOCK", 1);
        low(product)
                .then()
                .statusCode(200)
                .body("units", equalTo(0))
                .body("own", equalTo(false))
                .header("ETag", nullValue());
    }

    @Test
    void whenTheTenantSaysAnotherNumber_thenAllItsProductsFollow_andNoOthers() {
        var few = shop.published();
        var many = shop.published();
        var other = Catalog.fresh();
        var foreign = other.published();
        inventory.level(Ids.next(), 1, few.variantId(), 3);
        inventory.level(Ids.next(), 1, many.variantId(), 30);
        new StockTopic(other.tenant()).level(Ids.next(), 1, foreign.variantId(), 3);
        eventuallyShows(few, "IN_STOCK", 3);
        eventuallyShows(many, "IN_STOCK", 30);
        eventually(() ->
                other.cardPastCaches(foreign, "customer").then().body("availability.status", equalTo("IN_STOCK")));

        lowFrom(3).then().statusCode(200);

        eventuallyShows(few, "LOW", 3);
        eventually(() -> assertThat(recounts()).isEmpty());
        eventuallyShows(many, "IN_STOCK", 30);
        eventuallyTold(few, 2);
        eventuallyTold(many, 1);
        other.cardPastCaches(foreign, "customer").then().body("availability.status", equalTo("IN_STOCK"));

        lowFrom(2).then().statusCode(200);
        eventuallyShows(few, "IN_STOCK", 3);
    }

    @Test
    void moreProductsThanAStepTakesAreAllCounted_alsoIfTheNumberChangesMeanwhile() {
        int products = 401;
        for (int i = 0; i < products; i++) {
            shop.draft();
        }
        update("""
                insert into availability (tenant, product_id, version, variants, updated_at)
                select tenant, id, 0, '[]', now() from product where tenant = ?
                """);
        update("""
                insert into stock (tenant, id, epoch, version, variant_id, available)
                select tenant, gen_random_uuid(), 1, 1, id, 4 from variant where tenant = ?
                """);

        lowFrom(3).then().statusCode(200);
        lowFrom(4).then().statusCode(200);

        eventually(() -> assertThat(recounts()).isEmpty());
        assertThat(query("select count(*) from availability where tenant = ? and statuses::text like '%\"LOW\"%'"))
                .containsExactly(String.valueOf(products));
    }

    @Test
    void whatIsSaidForAVariantCountsForIt_atOnce_untilItIsTakenBack() {
        lowFrom(2).then().statusCode(200);
        var product = shop.published();
        inventory.level(Ids.next(), 1, product.variantId(), 3);
        eventuallyShows(product, "IN_STOCK", 3);

        put(product, "If-None-Match", "*", "{\"units\": 3}")
                .then()
                .statusCode(200)
                .header("ETag", "\"1\"")
                .body("units", equalTo(3))
                .body("own", equalTo(true));
        shop.cardPastCaches(product, "customer")
                .then()
                .body("availability.variants.status", contains("LOW"))
                .body("availability.status", equalTo("LOW"));
        put(product, "If-Match", "\"1\"", "{\"units\": 0}")
                .then()
                .statusCode(200)
                .header("ETag", "\"2\"");
        shop.cardPastCaches(product, "customer").then().body("availability.status", equalTo("IN_STOCK"));
        put(product, "If-Match", "\"2\"", "{\"units\": null}")
                .then()
                .statusCode(200)
                .header("ETag", "\"3\"")
                .body("units", equalTo(2))
                .body("own", equalTo(false));
        put(product, "If-Match", "\"3\"", "{\"units\": null}")
                .then()
                .statusCode(200)
                .header("ETag", "\"3\"");
        low(product).then().body("version", equalTo(3)).body("units", equalTo(2));
        eventuallyShows(product, "IN_STOCK", 3);
    }

    @Test
    void whoSaysSomethingForAVariantHasSeenWhatWasSaid() {
        var product = shop.published();
        put(product, "If-None-Match", "*", "{\"units\": 3}").then().statusCode(200);

        put(product, "If-None-Match", "*", "{\"units\": 4}")
                .then()
                .statusCode(412)
                .body("current.units", equalTo(3));
        put(product, "If-Match", "\"2\"", "{\"units\": 4}").then().statusCode(412);
        shop.admin()
                .body("{\"units\": 4}")
                .put(path(product, product.variantId()))
                .then()
                .statusCode(428);
        for (var stranger : List.of(
                path(product, UUID.randomUUID().toString()),
                path(shop.published(), product.variantId()),
                "/v1/products/" + UUID.randomUUID() + "/variants/" + product.variantId() + "/low-stock")) {
            shop.admin()
                    .header("If-None-Match", "*")
                    .body("{\"units\": 4}")
                    .put(stranger)
                    .then()
                    .statusCode(404);
            shop.admin().get(stranger).then().statusCode(404);
        }
        Catalog.fresh().admin().get(path(product, product.variantId())).then().statusCode(404);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"units": -1}           | 422
            {"units": 1000000001}   | 422
            {"units": 1000000000}   | 200
            {"units": "3"}          | 400
            {"units": 1.5}          | 400
            {"colour": 3}           | 400
            """)
    void unitsHaveBounds(String body, int status) {
        var product = shop.published();

        put(product, "If-None-Match", "*", body).then().statusCode(status);
        shop.admin()
                .header("If-Match", tenantTag())
                .body(body.replace("units", "lowStockUnits"))
                .patch("/v1/tenant")
                .then()
                .statusCode(status);
    }

    @ParameterizedTest
    @CsvSource({
        "admin, 200, 200, 200",
        "merchant, 200, 403, 200",
        "readonly, 200, 403, 403",
        "service, 200, 403, 403",
        "customer, 403, 403, 403"
    })
    void rolesDecide(String role, int read, int settings, int ofVariant) {
        var product = shop.published();
        var tag = tenantTag();

        shop.as(role).get("/v1/tenant").then().statusCode(read);
        shop.as(role).get(path(product, product.variantId())).then().statusCode(read);
        shop.as(role)
                .contentType("application/json")
                .header("If-Match", tag)
                .body("{\"lowStockUnits\": 1}")
                .patch("/v1/tenant")
                .then()
                .statusCode(settings);
        shop.as(role)
                .contentType("application/json")
                .header("If-None-Match", "*")
                .body("{\"units\": 1}")
                .put(path(product, product.variantId()))
                .then()
                .statusCode(ofVariant);
    }

    @Test
    void theTenantsSettingsAreVersionedAndTold() {
        shop.admin().get("/v1/tenant").then().body("version", equalTo(1)).body("tenant", equalTo(shop.tenant()));
        lowFrom(7).then().statusCode(200).header("ETag", "\"2\"");
        lowFrom(7).then().statusCode(200).header("ETag", "\"2\"");
        shop.admin()
                .header("If-Match", "\"1\"")
                .body("{}")
                .patch("/v1/tenant")
                .then()
                .statusCode(412)
                .body("current.lowStockUnits", equalTo(7));
        shop.admin().body("{}").patch("/v1/tenant").then().statusCode(428);
        shop.admin()
                .header("If-Match", "\"2\"")
                .body("{\"lowStockUnits\": null}")
                .patch("/v1/tenant")
                .then()
                .statusCode(200)
                .body("lowStockUnits", equalTo(0));

        eventually(() -> assertThat(EventLog.readAll(EventLog.topic("catalog", "tenant")))
                .filteredOn(record -> record.key().startsWith(shop.tenant() + "/"))
                .extracting(record -> new JsonObject(Buffer.buffer(record.value())))
                .extracting(event -> event.getLong("version") + " " + event.getLong("lowStockUnits") + " "
                        + event.getJsonArray("changed"))
                .containsExactly("1 0 [\"tenant\"]", "2 7 [\"lowStockUnits\"]", "3 0 [\"lowStockUnits\"]"));
    }

    private void eventuallyShows(Catalog.Made product, String status, int units) {
        eventually(() -> shop.card(product, "customer")
                .then()
                .statusCode(200)
                .body("availability.available", equalTo(units))
                .body("availability.status", equalTo(status))
                .body("availability.variants.status", contains(status)));
    }

    private void eventuallyTold(Catalog.Made product, int versions) {
        eventually(() -> assertThat(events(product)).hasSize(versions));
    }

    private List<JsonObject> events(Catalog.Made product) {
        return EventLog.readAll(EventLog.topic("catalog", "availability"), shop.tenant() + "/" + product.id()).stream()
                .map(record -> new JsonObject(Buffer.buffer(record.value())))
                .toList();
    }

    private static JsonObject variant(JsonObject event) {
        JsonArray variants = event.getJsonArray("variants");
        return variants.getJsonObject(0);
    }

    private String tenantTag() {
        return shop.admin().get("/v1/tenant").header("ETag");
    }

    private Response lowFrom(int units) {
        return shop.admin()
                .header("If-Match", tenantTag())
                .body("{\"lowStockUnits\": %d}".formatted(units))
                .patch("/v1/tenant");
    }

    private Response low(Catalog.Made product) {
        return shop.admin().get(path(product, product.variantId()));
    }

    private Response put(Catalog.Made product, String header, String value, String body) {
        return shop.admin().header(header, value).body(body).put(path(product, product.variantId()));
    }

    private static String path(Catalog.Made product, String variant) {
        return "/v1/products/" + product.id() + "/variants/" + variant + "/low-stock";
    }

    private List<String> recounts() {
        return query("select tenant from low_stock_recount where tenant = ?");
    }

    private void update(String sql) {
        try (var worker = Database.of("catalog", "worker")) {
            assertThat(worker.update(sql, shop.tenant())).isPositive();
        }
    }

    private List<String> query(String sql) {
        try (var worker = Database.of("catalog", "worker")) {
            return worker.query(sql, shop.tenant());
        }
    }
}
