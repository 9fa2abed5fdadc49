package io.souk.catalog.product;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.specification.RequestSpecification;
import io.souk.catalog.Catalog;
import io.souk.catalog.CatalogServiceTest;
import io.souk.testing.EventLog;
import io.souk.testing.Tokens;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;

import static io.restassured.RestAssured.given;
import static io.souk.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

@QuarkusTest
class ProductTest extends CatalogServiceTest {

    @Test
    void aProductIsMadePublishedAndRead() {
        var draft = shop.draft();
        assertThat(draft.version()).isEqualTo(1);

        var published = shop.publish(draft);

        assertThat(published.version()).isEqualTo(2);
        eventually(() -> shop.card(draft, "customer")
                .then()
                .statusCode(200)
                .header("ETag", notNullValue())
                .body("product.status", equalTo("PUBLISHED"))
                .body("product.version", equalTo(2))
                .body("prices", nullValue())
                .body("availability", nullValue()));
    }

    @Test
    void aProductIsNoLargerThanItsEventMayBe() {
        shop.admin()
                .body(Catalog.tooLargeProduct())
                .post("/v1/products")
                .then()
                .statusCode(422)
                .body("errors.pointer", equalTo(List.of("/variants")));
    }

    @Test
    void everyChangeIsToldOnceAndInOrder() {
        var draft = shop.draft();
        var published = shop.publish(draft);
        shop.patch(published, "{\"description\": \"new\"}").then().statusCode(200);

        eventually(() -> assertThat(events(draft.id())).hasSize(3));
        assertThat(events(draft.id())).allSatisfy(record -> {
            assertThat(header(record, "ce_tenant")).isEqualTo(shop.tenant());
            assertThat(header(record, "ce_type")).isEqualTo("souk.catalog.product.changed.v1");
        });
        assertThat(events(draft.id()).stream().map(record -> header(record, "ce_aggregateversion")))
                .containsExactly("1", "2", "3");
        assertThat(text(events(draft.id()).getLast()))
                .contains("\"description\":\"new\"", "\"changed\":[\"description\"]");
    }

    private List<ConsumerRecord<String, byte[]>> events(String product) {
        return EventLog.readAll(EventLog.topic("catalog", "product"), shop.tenant() + "/" + product);
    }

    private static String header(ConsumerRecord<String, byte[]> record, String name) {
        return new String(record.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
    }

    private static String text(ConsumerRecord<String, byte[]> record) {
        return new String(record.value(), StandardCharsets.UTF_8);
    }

    @Test
    void aChangeThatChangesNothingIsNoVersionAndNoEvent() {
        var draft = shop.draft();

        shop.patch(draft, "{\"attributes\": {\"ingredients\": \"flour, water\"}}")
                .then()
                .statusCode(200)
                .header("ETag", equalTo("\"1\""));
        shop.patch(draft, "{\"description\": \"x\"}").then().statusCode(200).header("ETag", equalTo("\"2\""));

        eventually(() -> assertThat(events(draft.id())).hasSize(2));
    }

    @Test
    void aVariantsChangeIsAChangeOfItsProduct() {
        var draft = shop.draft();

        shop.patch(draft, "{\"variants\": [{\"sku\": \"%s\", \"name\": \"Large\"}]}".formatted(draft.sku()))
                .then()
                .statusCode(200)
                .body("version", equalTo(2))
                .body("variants[0].id", equalTo(draft.variantId()))
                .body("variants[0].name", equalTo("Large"))
                .body("variants[0].gtins", equalTo(List.of()));
    }

    @Test
    void twoVariantsMaySwapTheirSkus() {
        var one = Catalog.sku();
        var two = Catalog.sku();
        var made = shop.create(
                "{\"name\": \"n\", \"variants\": [{\"sku\": \"%s\"}, {\"sku\": \"%s\"}]}".formatted(one, two));
        var ids = made.json().getList("variants.id", String.class);

        shop.patch(
                        made,
                        "{\"variants\": [{\"id\": \"%s\", \"sku\": \"%s\"}, {\"id\": \"%s\", \"sku\": \"%s\"}]}"
                                .formatted(ids.get(0), two, ids.get(1), one))
                .then()
                .statusCode(200)
                .body("variants.sku", equalTo(List.of(two, one)));
    }

    @Test
    void textSurvivesByteForByte() {
        var name = "👟🏽 חלה ‏مرحبا e\u0301 ﬁ \u202e";
        var made = shop.create("{\"name\": \"%s\", \"variants\": [{\"sku\": \"%s\"}]}".formatted(name, Catalog.sku()));

        shop.publish(made);

        eventually(() -> assertThat(shop.card(made, "customer").jsonPath().getString("product.name"))
                .isEqualTo(name));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"name": "n"                                               | 400
            ["name"]                                                   | 400
            null                                                       | 400
            {"name": 7}                                                | 400
            {"name": "n", "colour": "red"}                             | 400
            {"name": "a\\u0000b"}                                      | 400
            {"name": "n", "attributes": {"a\\u0000": 1}}               | 400
            {"name": "n", "brandId": "x"}                              | 400
            {"name": "n", "variants": {}}                              | 400
            {"name": "n", "name": "m"}                                 | 400
            {}                                                         | 422
            {"name": null}                                             | 422
            {"name": "\\ud83d"}                                        | 422
            {"name": "n", "brandId": "0198c5d0-0000-7000-8000-000000000000"}       | 422
            {"name": "n", "categoryIds": ["0198c5d0-0000-7000-8000-000000000000"]} | 422
            {"name": "n", "type": "unheard-of"}                        | 422
            {"name": "n", "attributes": {"a": 1}}                      | 422
            {"name": "n", "type": "kosher-food", "attributes": {}}     | 422
            {"name": "n", "type": "grocery", "attributes": {"x": 1e999999999}} | 422
            {"name": "n", "variants": [{"sku": ""}]}                   | 422
            {"name": "n", "variants": [{"sku": "a", "gtins": ["123"]}]} | 422
            """)
    void badInputIsRefused(String body, int status) {
        shop.admin().body(body).post("/v1/products").then().statusCode(status).contentType("application/problem+json");
    }

    @Test
    void namesHaveABound() {
        shop.create("{\"name\": \"" + "x".repeat(500) + "\"}");
        for (int length : new int[] {501, 10_000}) {
            shop.admin()
                    .body("{\"name\": \"" + "x".repeat(length) + "\"}")
                    .post("/v1/products")
                    .then()
                    .statusCode(422)
                    .body("errors.pointer", hasItem("/name"));
        }
    }

    @Test
    void attributesAreNamedByTheirPlace() {
        shop.admin()
                .body("{\"name\": \"n\", \"type\": \"kosher-food\", \"attributes\": {\"agency\": 7}}")
                .post("/v1/products")
                .then()
                .statusCode(422)
                .body("errors.pointer", hasItems("/attributes/agency", "/attributes/level"));
    }

    @Test
    void aSkuBelongsToOneProductWhateverItsCase() {
        var first = shop.draft();

        shop.admin()
                .body("{\"name\": \"n\", \"variants\": [{\"sku\": \"%s\"}]}"
                        .formatted(first.sku().toLowerCase(java.util.Locale.ROOT)))
                .post("/v1/products")
                .then()
                .statusCode(409)
                .body("type", containsString("duplicate-sku"))
                .body("errors.pointer", equalTo(List.of("/variants/0/sku")));
    }

    @Test
    void aGtinBelongsToOneProductHoweverPadded() {
        var first = shop.draft();

        shop.admin()
                .body("{\"name\": \"n\", \"variants\": [{\"sku\": \"%s\", \"gtins\": [\"%s\"]}]}"
                        .formatted(Catalog.sku(), first.gtin()))
                .post("/v1/products")
                .then()
                .statusCode(409)
                .body("type", containsString("duplicate-gtin"))
                .body("errors.pointer", equalTo(List.of("/variants/0/gtins/0")));
    }

    @Test
    void anotherTenantMayHaveTheSameKeys() {
        var first = shop.draft();

        Catalog.fresh().draft("Mine", first.sku(), first.gtin());
    }

    @Test
    void whoeverRacesForASkuOneWins() throws Exception {
        var sku = Catalog.sku();

        var statuses = race(
                8,
                () -> shop.admin()
                        .body("{\"name\": \"n\", \"variants\": [{\"sku\": \"%s\"}]}".formatted(sku))
                        .post("/v1/products")
                        .statusCode());

        assertThat(statuses).filteredOn(status -> status == 201).hasSize(1);
        assertThat(statuses).filteredOn(status -> status == 409).hasSize(7);
    }

    @Test
    void ofEditorsWhoSawTheSameVersionOneWins() throws Exception {
        var draft = shop.draft();

        var answers = race(8, () -> shop.patch(draft, "{\"description\": \"%s\"}".formatted(Catalog.random())));

        assertThat(answers).filteredOn(answer -> answer.statusCode() == 200).hasSize(1);
        assertThat(answers)
                .filteredOn(answer -> answer.statusCode() == 412)
                .hasSize(7)
                .allSatisfy(answer ->
                        assertThat(answer.jsonPath().getLong("current.version")).isEqualTo(2));
    }

    private static <T> List<T> race(int runners, Callable<T> run) throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var outcomes = threads.invokeAll(
                    IntStream.range(0, runners).mapToObj(_ -> run).toList());
            return outcomes.stream().map(java.util.concurrent.Future::resultNow).toList();
        }
    }

    @Test
    void changesNameTheVersionTheySaw() {
        var draft = shop.draft();
        var path = "/v1/products/" + draft.id();

        shop.as("admin")
                .contentType(Catalog.MERGE_PATCH)
                .body("{}")
                .patch(path)
                .then()
                .statusCode(428);
        shop.admin().delete(path).then().statusCode(428);
        shop.admin().post(path + "/publish").then().statusCode(428);
        shop.admin().header("If-Match", "*").delete(path).then().statusCode(400);
        shop.admin().header("If-Match", "\"7\"").delete(path).then().statusCode(412);
    }

    @Test
    void publishingNeedsAVariant() {
        var empty = shop.create("{\"name\": \"Nothing to sell\"}");

        shop.admin()
                .header("If-Match", empty.etag())
                .post("/v1/products/" + empty.id() + "/publish")
                .then()
                .statusCode(409)
                .body("type", containsString("not-publishable"));
        var published = shop.published();
        shop.patch(published, "{\"variants\": null}").then().statusCode(409);
    }

    @Test
    void publishingTwiceIsPublishingOnce() {
        var published = shop.published();

        assertThat(shop.publish(published).version()).isEqualTo(published.version());
    }

    @Test
    void aDraftIsSeenByStaffAlone() {
        var draft = shop.draft();

        for (var role : List.of("customer", "readonly", "service")) {
            shop.card(draft, role).then().statusCode(404);
            shop.cardPastCaches(draft, role).then().statusCode(404);
            shop.as(role).get("/v1/products/" + draft.id() + "/prices").then().statusCode(404);
            shop.as(role).get("/v1/products?sku=" + draft.sku()).then().body("items", equalTo(List.of()));
            shop.as(role).get("/v1/products?gtin=" + draft.gtin()).then().body("items", equalTo(List.of()));
            shop.as(role).get("/v1/products?status=DRAFT").then().body("items", equalTo(List.of()));
            shop.as(role).get("/v1/products").then().body("items", equalTo(List.of()));
        }
        for (var role : List.of("admin", "merchant")) {
            shop.card(draft, role).then().statusCode(200).body("product.status", equalTo("DRAFT"));
            shop.as(role).get("/v1/products?sku=" + draft.sku()).then().body("items.product.id", hasItem(draft.id()));
            shop.as(role).get("/v1/products?status=DRAFT").then().body("items.product.id", hasItem(draft.id()));
        }
    }

    @Test
    void whatIsArchivedIsOutOfSightAndCanComeBack() {
        var published = shop.published();
        var answer =
                shop.admin().header("If-Match", published.etag()).post("/v1/products/" + published.id() + "/archive");
        answer.then().statusCode(200).body("status", equalTo("ARCHIVED"));

        eventually(() -> shop.card(published, "customer").then().statusCode(404));
        shop.publish(new Catalog.Made(answer.jsonPath()));
        eventually(() -> shop.card(published, "customer").then().statusCode(200));
    }

    @Test
    void whatIsDeletedFreesItsKeys() {
        var published = shop.published();
        eventually(() -> shop.card(published, "customer").then().statusCode(200));

        shop.admin()
                .header("If-Match", published.etag())
                .delete("/v1/products/" + published.id())
                .then()
                .statusCode(204);

        eventually(() -> shop.card(published, "customer").then().statusCode(404));
        shop.card(published, "admin").then().statusCode(404);
        shop.patch(published, "{\"name\": \"n\"}").then().statusCode(404);
        eventually(() -> assertThat(events(published.id()))
                .anySatisfy(
                        record -> assertThat(header(record, "ce_type")).isEqualTo("souk.catalog.product.deleted.v1")));
        shop.draft("Another", published.sku(), published.gtin());
    }

    @ParameterizedTest
    @ValueSource(strings = {"customer", "readonly", "service"})
    void othersMayNotWrite(String role) {
        var draft = shop.draft();
        var path = "/v1/products/" + draft.id();

        shop.as(role)
                .contentType("application/json")
                .body("{\"name\": \"n\"}")
                .post("/v1/products")
                .then()
                .statusCode(403);
        shop.as(role)
                .contentType(Catalog.MERGE_PATCH)
                .header("If-Match", draft.etag())
                .body("{\"name\": \"n\"}")
                .patch(path)
                .then()
                .statusCode(403);
        shop.as(role).header("If-Match", draft.etag()).delete(path).then().statusCode(403);
        shop.as(role)
                .header("If-Match", draft.etag())
                .post(path + "/publish")
                .then()
                .statusCode(403);
    }

    @Test
    void aTokenThatCannotBeTrustedOpensNothing() {
        var tenant = shop.tenant();
        for (var token : List.of(
                Tokens.expired(tenant, "admin"),
                Tokens.unsigned(tenant, "admin"),
                Tokens.wrongAlgorithm(tenant, "admin"))) {
            withToken(token).get("/v1/products").then().statusCode(401);
            withToken(token)
                    .body("{\"name\": \"n\"}")
                    .post("/v1/products")
                    .then()
                    .statusCode(401);
        }
        withToken(Tokens.withoutTenant("admin")).get("/v1/products").then().statusCode(403);
        given().get("/v1/products").then().statusCode(401);

        shop.as("admin").get("/v1/products").then().body("items", equalTo(List.of()));
    }

    private static RequestSpecification withToken(String token) {
        return given().contentType("application/json").header("Authorization", "Bearer " + token);
    }

    @Test
    void anotherTenantsProductIsNotThere() {
        var published = shop.published();
        var other = Catalog.fresh();
        eventually(() -> shop.card(published, "customer").then().statusCode(200));

        other.card(published, "admin").then().statusCode(404);
        other.cardPastCaches(published, "admin").then().statusCode(404);
        other.patch(published, "{\"name\": \"mine\"}").then().statusCode(404);
        other.admin()
                .header("If-Match", published.etag())
                .delete("/v1/products/" + published.id())
                .then()
                .statusCode(404);
        other.as("admin").get("/v1/products?sku=" + published.sku()).then().body("items", equalTo(List.of()));
        other.as("admin")
                .get("/v1/products/" + published.id() + "/prices")
                .then()
                .statusCode(404);
        other.admin()
                .header("If-None-Match", "*")
                .body("{\"prices\": []}")
                .put("/v1/products/" + published.id() + "/prices")
                .then()
                .statusCode(404);
    }
}
