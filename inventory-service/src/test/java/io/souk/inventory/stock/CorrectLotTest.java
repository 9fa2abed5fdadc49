package io.souk.inventory.stock;

import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import io.souk.inventory.InventoryTest;
import io.souk.inventory.Ledger;
import io.souk.inventory.Shop;
import io.souk.inventory.Shop.Article;
import io.souk.inventory.Told;
import io.souk.inventory.Topics;
import io.souk.inventory.reservation.Race;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.List;
import java.util.UUID;

import static io.souk.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;

/** The last day of a lot was mistyped. */
@InventoryTest
class CorrectLotTest {
    private final Shop shop = new Shop();
    private final Article milk = shop.article("milk");

    @BeforeEach
    void aLotAtTwoVendors() {
        shop.location("main", 0);
        shop.location("a-1", "a");
        shop.location("b-1", "b");
        receive("a-1", "friday", "2099-01-09");
    }

    @Test
    void givenTheDayOfALot_whenItIsCorrected_thenItIsSoldByTheOther_andItsEventSaysSo() {
        receive("a-1", "monday", "2099-01-05");

        correct(level("a-1", "friday"), 1, "2099-01-02")
                .then()
                .statusCode(200)
                .header("ETag", "\"2\"")
                .body("expiresOn", equalTo("2099-01-02"))
                .body("location", equalTo("a-1"))
                .body("available", equalTo(5));

        reserve(1).then().statusCode(201).body("lines.lot", contains("friday"));
        eventually(() -> assertThat(told("friday")).hasSize(3).element(1).satisfies(state -> {
            assertThat(state.getString("expiresOn")).isEqualTo("2099-01-02");
            assertThat(state.getJsonArray("changed")).containsExactly("expiresOn");
        }));
        Told.assertNamed(Topics.STOCK, shop.tenant());
        correct(level("a-1", "monday"), 1, "2099-01-05").then().statusCode(200).header("ETag", "\"1\"");
    }

    @Test
    void givenALotThatWasOverByMistake_thenItIsAvailableOnceItIsNot_andTheOtherWayAbout() {
        var friday = level("a-1", "friday");

        correct(friday, 1, "2020-01-01").then().statusCode(200).body("available", equalTo(0));
        reserve(1).then().statusCode(409);
        correct(friday, 2, "2099-01-01").then().statusCode(200).body("available", equalTo(5));
        reserve(1).then().statusCode(201);

        eventually(() -> assertThat(told("friday"))
                .extracting(state -> state.getLong("available"))
                .containsExactly(5L, 0L, 5L, 4L));
        Told.assertNamed(Topics.STOCK, shop.tenant());
        Ledger.assertBalanced(shop.tenant());
    }

    @Test
    void givenTheLotLiesElsewhereToo_thenWhoWorksForTheTenantCorrectsItEverywhere_andAMerchantItsOwn() {
        receive("b-1", "friday", "2099-01-09");
        receive("main", "friday", "2099-01-30");

        correct(shop.asMerchantOf("b"), level("a-1", "friday"), 1, "2099-01-02")
                .then()
                .statusCode(404);
        correct(shop.asMerchantOf("a"), level("a-1", "friday"), 1, "2099-01-02")
                .then()
                .statusCode(200);
        assertThat(days()).containsExactly("2099-01-02", "2099-01-09", "2099-01-30");
        correct(shop.asMerchantOf("a"), level("a-1", "friday"), 2, "2099-01-09")
                .then()
                .statusCode(200);
        correct(level("b-1", "friday"), 1, "2099-01-02").then().statusCode(200);
        assertThat(days()).containsExactly("2099-01-02", "2099-01-02", "2099-01-30");
    }

    @Test
    void givenGoodsWithoutALot_orAnotherVersion_thenNothingIsCorrected() {
        shop.receive(milk, 1);

        correct(level("main", ""), 1, "2099-01-02").then().statusCode(404);
        correct(UUID.randomUUID().toString(), 1, "2099-01-02").then().statusCode(404);
        correct(level("a-1", "friday"), 2, "2099-01-02")
                .then()
                .statusCode(412)
                .body("current.expiresOn", equalTo("2099-01-09"));
        shop.as("admin")
                .body("{\"expiresOn\": \"2099-01-02\"}")
                .patch("/v1/stock/levels/" + level("a-1", "friday"))
                .then()
                .statusCode(428);
        assertThat(days()).containsExactly("2099-01-09");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{} | 422 | /expiresOn",
                "{\"expiresOn\": null} | 422 | /expiresOn",
                "{\"expiresOn\": \"friday\"} | 400 | /expiresOn",
                "{\"lot\": \"monday\"} | 400 | /lot",
            })
    void badInputIsNamed(String body, int status, String pointer) {
        patch(shop.as("admin"), level("a-1", "friday"), 1, body)
                .then()
                .statusCode(status)
                .body("errors.pointer", contains(pointer));
    }

    @Test
    void givenTheLotIsBroughtElsewhereMeanwhile_thenItHasOneDayThere() {
        var friday = level("a-1", "friday");

        var answers = Race.all(
                5,
                i -> i == 0
                        ? correct(friday, 1, "2099-01-02")
                        : shop.as("admin")
                                .header("Idempotency-Key", UUID.randomUUID())
                                .body(new JsonObject()
                                        .put("from", "a-1")
                                        .put("to", List.of("main", "b-1").get(i % 2))
                                        .put("lines", new JsonArray().add(line("friday")))
                                        .encode())
                                .post("/v1/stock/transfers"));

        assertThat(answers.getFirst().statusCode()).isIn(200, 412, 503);
        assertThat(answers.stream().skip(1))
                .allSatisfy(answer -> assertThat(answer.statusCode()).isIn(201, 503));
        assertThat(days()).containsOnly(answers.getFirst().statusCode() == 200 ? "2099-01-02" : "2099-01-09");
        Ledger.assertBalanced(shop.tenant());
    }

    private List<JsonObject> told(String lot) {
        return Told.states(Topics.STOCK, shop.tenant()).stream()
                .filter(state -> lot.equals(state.getString("lot")))
                .toList();
    }

    private List<String> days() {
        return Ledger.query(
                "select expires_on from inventory.stock_level where tenant = ? and lot = 'friday' order by expires_on",
                shop.tenant());
    }

    private String level(String location, String lot) {
        return Ledger.query("""
                        select level.id
                          from inventory.stock_level level
                          join inventory.location location on location.tenant = level.tenant and location.id = level.location_id
                         where level.tenant = ? and location.code = ? and level.lot = ?
                        """, shop.tenant(), location, lot).getFirst();
    }

    private void receive(String location, String lot, String day) {
        var line = line(lot).put("quantity", 5).put("location", location).put("expiresOn", day);
        shop.receipt(UUID.randomUUID().toString(), new JsonObject().put("lines", new JsonArray().add(line)))
                .then()
                .statusCode(201);
    }

    private JsonObject line(String lot) {
        return new JsonObject().put("sku", milk.sku()).put("lot", lot).put("quantity", 1);
    }

    private Response reserve(long units) {
        return shop.as("service")
                .header("Idempotency-Key", UUID.randomUUID())
                .body(new JsonObject()
                        .put("owner", UUID.randomUUID().toString())
                        .put(
                                "lines",
                                new JsonArray()
                                        .add(new JsonObject()
                                                .put("sku", milk.sku())
                                                .put("quantity", units)))
                        .encode())
                .post("/v1/reservations");
    }

    private Response correct(String level, int seen, String day) {
        return correct(shop.as("admin"), level, seen, day);
    }

    private static Response correct(RequestSpecification caller, String level, int seen, String day) {
        return patch(caller, level, seen, new JsonObject().put("expiresOn", day).encode());
    }

    private static Response patch(RequestSpecification caller, String level, int seen, String body) {
        return caller.header("If-Match", "\"" + seen + "\"").body(body).patch("/v1/stock/levels/" + level);
    }
}
