package io.souk.inventory.pack;

import io.restassured.response.Response;
import io.souk.inventory.InventoryTest;
import io.souk.inventory.Shop;
import io.souk.inventory.Shop.Article;
import io.souk.inventory.Told;
import io.souk.inventory.Topics;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;

import static io.souk.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.nullValue;

/** What lies under a GTIN, and who may say so. */
@InventoryTest
class PackTest {
    private static final String EACH = "96385074";
    private static final String CASE = "10614141000415";

    private final Shop shop = new Shop();

    @Test
    void givenANewPack_thenEveryPaddedFormFindsIt_forItsTenantAlone_andItIsTold() {
        var milk = shop.article("MILK");

        create(EACH, milk, 1)
                .then()
                .statusCode(201)
                .header("ETag", "\"1\"")
                .header("Location", endsWith("/v1/packs/00000096385074"))
                .body("gtin", equalTo("00000096385074"))
                .body("variantId", equalTo(milk.id().toString()))
                .body("unitsPerPack", equalTo(1))
                .body("status", equalTo("ACTIVE"));

        for (var form : List.of("96385074", "000096385074", "0000096385074", "00000096385074")) {
            shop.as("readonly").get("/v1/packs/" + form).then().statusCode(200).body("unitsPerPack", equalTo(1));
        }
        shop.as("readonly")
                .header("If-None-Match", "\"1\"")
                .get("/v1/packs/" + EACH)
                .then()
                .statusCode(304);
        var other = new Shop();
        other.as("admin").get("/v1/packs/" + EACH).then().statusCode(404);
        other.as("admin").get("/v1/packs").then().body("items", empty());
        other.as("admin")
                .header("If-Match", "\"1\"")
                .post("/v1/packs/" + EACH + "/archive")
                .then()
                .statusCode(404);
        assertThat(create(other, EACH, other.article("OTHER"), 7).statusCode()).isEqualTo(201);
        eventually(() -> assertThat(Told.states(Topics.PACK, shop.tenant()))
                .singleElement()
                .satisfies(state -> {
                    assertThat(state.getString("gtin")).isEqualTo("00000096385074");
                    assertThat(state.getInteger("unitsPerPack")).isEqualTo(1);
                    assertThat(state.getJsonArray("changed"))
                            .containsExactly("gtin", "variantId", "unitsPerPack", "status");
                }));
    }

    @Test
    void givenAPackThatChanges_thenEachVersionIsToldWithWhatMoved_andTheSameOnceMoreIsNone() {
        var milk = shop.article("MILK");
        var oats = shop.article("OATS");
        create(CASE, milk, 12).then().statusCode(201);

        change(CASE, 1, milk, 12).then().statusCode(200).header("ETag", "\"1\"");
        change(CASE, 1, milk, 24).then().statusCode(200).body("version", equalTo(2));
        change(CASE, 2, oats, 24)
                .then()
                .statusCode(200)
                .body("variantId", equalTo(oats.id().toString()));
        archive(CASE, 3).then().statusCode(200).body("status", equalTo("ARCHIVED"));
        archive(CASE, 4).then().statusCode(200).body("version", equalTo(4));
        change(CASE, 4, oats, 24).then().statusCode(200).body("status", equalTo("ACTIVE"));

        eventually(() -> assertThat(Told.states(Topics.PACK, shop.tenant()))
                .extracting(state -> state.getJsonArray("changed").encode())
                .containsExactly(
                        "[\"gtin\",\"variantId\",\"unitsPerPack\",\"status\"]",
                        "[\"unitsPerPack\"]",
                        "[\"variantId\"]",
                        "[\"status\"]",
                        "[\"status\"]"));
    }

    @Test
    void whoHasNotSeenThePresentPackChangesNothing() {
        var milk = shop.article("MILK");
        create(CASE, milk, 12).then().statusCode(201);

        for (var refused : List.of(create(CASE, milk, 13), change(CASE, 2, milk, 13), archive(CASE, 2))) {
            refused.then()
                    .statusCode(412)
                    .body("type", containsString("stale-version"))
                    .body("current.unitsPerPack", equalTo(12));
        }
        shop.as("admin")
                .body(body(milk, 13).encode())
                .put("/v1/packs/" + CASE)
                .then()
                .statusCode(428);
        shop.as("admin").post("/v1/packs/" + CASE + "/archive").then().statusCode(428);
        change(EACH, 1, milk, 13).then().statusCode(404);
        shop.as("admin").get("/v1/packs/" + CASE).then().header("ETag", "\"1\"").body("unitsPerPack", equalTo(12));
    }

    @Test
    void aGtinThatAnotherVariantHasIsNamed_andWhatWasBookedKeepsItThere() {
        var milk = shop.article("MILK");
        var oats = shop.article("OATS");
        create(CASE, milk, 12).then().statusCode(201);
        receive(CASE, 1).then().statusCode(201);

        for (var refused : List.of(create(CASE, oats, 12), change(CASE, 1, oats, 12))) {
            refused.then()
                    .statusCode(409)
                    .body("type", containsString("duplicate-gtin"))
                    .body("errors.parameter", contains("gtin"))
                    .body("current.variantId", equalTo(milk.id().toString()));
        }
        change(CASE, 1, milk, 24).then().statusCode(200);
        receive(CASE, 1)
                .then()
                .statusCode(201)
                .body("lines.quantity", contains(24))
                .body("lines.onHand", contains(36));
    }

    /** As ADR 0020 lets the catalogue do: the same goods under another id. */
    @Test
    void givenTheCatalogueDeletesAVariant_thenItsGtinMayGoToTheOneThatIsMadeAnew() {
        var milk = shop.article("MILK");
        create(CASE, milk, 12).then().statusCode(201);
        receive(CASE, 1).then().statusCode(201);
        shop.tellProductDeleted(milk.productId(), 2);
        shop.settleProduct(milk.productId());
        var anew = shop.article("MILK");
        shop.settleProduct(anew.productId());

        receive(CASE, 1)
                .then()
                .statusCode(422)
                .body("type", containsString("unknown-sku"))
                .body("errors.pointer", contains("/lines/0/gtin"));
        change(CASE, 1, anew, 12)
                .then()
                .statusCode(200)
                .body("variantId", equalTo(anew.id().toString()));
        receive(CASE, 1).then().statusCode(201).body("lines.onHand", contains(12));
    }

    @Test
    void givenManyMakeOneGtin_thenOneDoes_andTheOthersLearnWhose() {
        var milk = shop.article("MILK");
        var oats = shop.article("OATS");
        shop.settleProduct(milk.productId());
        shop.settleProduct(oats.productId());

        List<Response> answers;
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            answers = IntStream.range(0, 12)
                    .mapToObj(i -> CompletableFuture.supplyAsync(
                            () -> create(CASE, i % 2 == 0 ? milk : oats, 6 + i % 2), threads))
                    .toList()
                    .stream()
                    .map(CompletableFuture::join)
                    .toList();
        }

        var made = answers.stream().filter(answer -> answer.statusCode() == 201).toList();
        assertThat(made).hasSize(1);
        var winner = made.getFirst().jsonPath().getString("variantId");
        assertThat(answers).filteredOn(answer -> answer.statusCode() != 201).allSatisfy(answer -> {
            assertThat(answer.statusCode()).isIn(409, 412);
            assertThat(answer.jsonPath().getString("current.variantId")).isEqualTo(winner);
        });
        assertThat(answers).filteredOn(answer -> answer.statusCode() == 412).hasSize(5);
        shop.as("admin").get("/v1/packs").then().body("items.variantId", contains(winner));
        eventually(() -> assertThat(Told.states(Topics.PACK, shop.tenant())).hasSize(1));
    }

    @Test
    void theListIsPagedByGtin_andOfOneVariantIfAsked() {
        var milk = shop.article("MILK");
        var oats = shop.article("OATS");
        shop.pack(CASE, milk, 12);
        shop.pack(EACH, milk, 1);
        shop.pack("4006381333931", oats, 1);
        archive(EACH, 1).then().statusCode(200);

        var first = shop.as("service").queryParam("limit", 2).get("/v1/packs");
        first.then().body("items.gtin", contains("00000096385074", "04006381333931"));
        shop.as("service")
                .queryParam("limit", 2)
                .queryParam("cursor", first.jsonPath().getString("next"))
                .get("/v1/packs")
                .then()
                .body("items.gtin", contains(CASE))
                .body("next", nullValue());
        shop.as("service")
                .queryParam("variantId", milk.id())
                .get("/v1/packs")
                .then()
                .body("items.gtin", contains("00000096385074", CASE))
                .body("items.status", contains("ARCHIVED", "ACTIVE"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "W10", "WyIxIiwiMiJd", "WzFd"})
    void aCursorThatWeDidNotGiveOutIsRefused(String cursor) {
        shop.as("admin")
                .queryParam("cursor", cursor)
                .get("/v1/packs")
                .then()
                .statusCode(400)
                .body("errors.parameter", hasItem("cursor"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"10614141000416", "00000000000000", "1", "106141410004150", "1061414100041X", "MILK"})
    void whatIsNoGtinIsNamed(String gtin) {
        for (var refused : List.of(
                create(gtin, shop.article("MILK"), 1), shop.as("admin").get("/v1/packs/" + gtin), archive(gtin, 1))) {
            refused.then().statusCode(422).body("errors.parameter", contains("gtin"));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"unitsPerPack\": 1} | 422 | ''",
                "{\"sku\": \"MILK\", \"variantId\": \"01a1fef4-e15e-729c-8101-fee250db1862\", \"unitsPerPack\": 1} | 422 | ''",
                "{\"sku\": \"unknown\", \"unitsPerPack\": 1} | 422 | /sku",
                "{\"variantId\": \"01a1fef4-e15e-729c-8101-fee250db1862\", \"unitsPerPack\": 1} | 422 | /variantId",
                "{\"sku\": \"a,b\", \"unitsPerPack\": 1} | 422 | /sku",
                "{\"sku\": \"MILK\"} | 422 | /unitsPerPack",
                "{\"sku\": \"MILK\", \"unitsPerPack\": 0} | 422 | /unitsPerPack",
                "{\"sku\": \"MILK\", \"unitsPerPack\": -1} | 422 | /unitsPerPack",
                "{\"sku\": \"MILK\", \"unitsPerPack\": 100001} | 422 | /unitsPerPack",
                "{\"sku\": \"MILK\", \"unitsPerPack\": 99999999999} | 400 | /unitsPerPack",
                "{\"sku\": \"MILK\", \"unitsPerPack\": 1.5} | 400 | /unitsPerPack",
                "{\"sku\": \"MILK\", \"unitsPerPack\": \"1\"} | 400 | /unitsPerPack",
                "{\"sku\": \"MILK\", \"unitsPerPack\": 1, \"gtin\": \"96385074\"} | 400 | /gtin",
            })
    void badInputIsNamed(String body, int status, String pointer) {
        shop.article("MILK");

        shop.as("admin")
                .header("If-None-Match", "*")
                .body(body)
                .put("/v1/packs/" + CASE)
                .then()
                .statusCode(status)
                .body("errors.pointer", contains(pointer));
        shop.as("admin").get("/v1/packs/" + CASE).then().statusCode(404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "null", "[]", "{", "7"})
    void whatIsNoPackIsRefused(String body) {
        shop.as("admin")
                .header("If-None-Match", "*")
                .body(body)
                .put("/v1/packs/" + CASE)
                .then()
                .statusCode(400);
    }

    @Test
    void thePackSizeIsTriedAtItsBounds() {
        var milk = shop.article("MILK");

        create(EACH, milk, 1).then().statusCode(201);
        create(CASE, milk, 100_000).then().statusCode(201);
    }

    @ParameterizedTest
    @CsvSource({
        "admin, 201, 200",
        "merchant, 403, 403",
        "service, 201, 200",
        "readonly, 403, 200",
        "customer, 403, 403",
        "operator, 403, 403"
    })
    void rolesDecide(String role, int write, int read) {
        var milk = shop.article("MILK");
        shop.pack(EACH, milk, 1);

        shop.as(role)
                .header("If-None-Match", "*")
                .body(body(milk, 12).encode())
                .put("/v1/packs/" + CASE)
                .then()
                .statusCode(write);
        shop.as(role)
                .header("If-Match", "\"1\"")
                .post("/v1/packs/" + EACH + "/archive")
                .then()
                .statusCode(write == 201 ? 200 : write);
        shop.as(role).get("/v1/packs").then().statusCode(read);
        shop.as(role).get("/v1/packs/" + EACH).then().statusCode(read);
    }

    private Response create(String gtin, Article article, int units) {
        return create(shop, gtin, article, units);
    }

    private static Response create(Shop shop, String gtin, Article article, int units) {
        return shop.as("admin")
                .header("If-None-Match", "*")
                .body(body(article, units).encode())
                .put("/v1/packs/" + gtin);
    }

    private Response change(String gtin, long seen, Article article, int units) {
        return shop.as("admin")
                .header("If-Match", "\"" + seen + "\"")
                .body(body(article, units).encode())
                .put("/v1/packs/" + gtin);
    }

    private Response archive(String gtin, long seen) {
        return shop.as("admin").header("If-Match", "\"" + seen + "\"").post("/v1/packs/" + gtin + "/archive");
    }

    private Response receive(String gtin, long packs) {
        return shop.as("admin")
                .header("Idempotency-Key", UUID.randomUUID())
                .body("""
                    {"lines": [{"gtin": "%s", "packs": %d}]}""".formatted(gtin, packs))
                .post("/v1/stock/receipts");
    }

    private static JsonObject body(Article article, int units) {
        return new JsonObject().put("sku", article.sku()).put("unitsPerPack", units);
    }
}
