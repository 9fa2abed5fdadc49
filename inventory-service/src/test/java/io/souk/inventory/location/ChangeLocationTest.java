package io.souk.inventory.location;

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
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;
import java.util.UUID;

import static io.souk.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

@InventoryTest
class ChangeLocationTest {
    private static final String CLOSE = """
        {"status": "CLOSED"}""";

    private final Shop shop = new Shop();
    private String brooklyn = "";

    @BeforeEach
    void aShopWithAShelf() {
        shop.location("main", 5);
        brooklyn = shop.location("brooklyn", "acme");
    }

    @Test
    void givenALocation_whenItIsChanged_thenWhatIsNotNamedStays_andEachChangeIsTold() {
        patch(1, """
                {"name": " Brooklyn, behind the bridge "}""")
                .then()
                .statusCode(200)
                .header("ETag", "\"2\"")
                .body("name", equalTo("Brooklyn, behind the bridge"))
                .body("position", equalTo(6))
                .body("status", equalTo("OPEN"));
        patch(2, """
                {"position": 1}""").then().statusCode(200).body("position", equalTo(1));
        patch(3, CLOSE).then().statusCode(200).body("status", equalTo("CLOSED"));
        patch(4, """
                {"status": "OPEN", "code": "brooklyn", "vendor": "acme"}""").then().statusCode(200).body("version", equalTo(5));

        shop.as("admin").get("/v1/locations").then().body("items.code", contains("brooklyn", "main"));
        eventually(() -> assertThat(Told.states(Topics.LOCATION, shop.tenant()).stream()
                        .filter(state -> state.getString("code").equals("brooklyn"))
                        .map(state -> state.getJsonArray("changed").getList()))
                .containsExactly(
                        List.of("code", "name", "position", "status", "vendor"),
                        List.of("name"),
                        List.of("position"),
                        List.of("status"),
                        List.of("status")));
        Told.assertNamed(Topics.LOCATION, shop.tenant());
    }

    @Test
    void givenTheSameOnceMore_thenItIsNoNewVersion() {
        patch(1, "{}").then().statusCode(200).header("ETag", "\"1\"");
        patch(1, """
                {"name": "brooklyn", "status": "OPEN"}""").then().statusCode(200).header("ETag", "\"1\"");
    }

    @Test
    void givenAnotherVersion_orNone_thenNothingIsChanged() {
        patch(7, CLOSE)
                .then()
                .statusCode(412)
                .body("current.version", equalTo(1))
                .body("current.status", equalTo("OPEN"));
        shop.as("admin").body(CLOSE).patch("/v1/locations/" + brooklyn).then().statusCode(428);
        new Shop()
                .as("admin")
                .header("If-Match", "\"1\"")
                .body(CLOSE)
                .patch("/v1/locations/" + brooklyn)
                .then()
                .statusCode(404);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"code\": \"queens\"} | 422 | /code",
                "{\"code\": null} | 422 | /code",
                "{\"vendor\": \"other\"} | 422 | /vendor",
                "{\"vendor\": null} | 422 | /vendor",
                "{\"name\": \" \"} | 422 | /name",
                "{\"name\": null} | 422 | /name",
                "{\"position\": -1} | 422 | /position",
                "{\"position\": null} | 422 | /position",
                "{\"position\": 1.5} | 400 | /position",
                "{\"status\": null} | 422 | /status",
                "{\"status\": \"AJAR\"} | 400 | /status",
                "{\"colour\": \"red\"} | 400 | /colour",
            })
    void badInputIsNamed(String body, int status, String pointer) {
        patch(1, body).then().statusCode(status).body("errors.pointer", contains(pointer));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "null", "[]", "{", "7"})
    void whatIsNoPatchIsRefused(String body) {
        patch(1, body).then().statusCode(400);
    }

    @Test
    void givenAMerchant_thenItChangesItsOwn_butNotWhereTheyAreInTheOrder() {
        patch(shop.asMerchantOf("acme"), 1, """
                {"position": 0, "name": "First!"}""").then().statusCode(403).body("errors.pointer", contains("/position"));
        patch(shop.asMerchantOf("acme"), 1, """
                {"position": 6, "name": "Ours"}""").then().statusCode(200).body("name", equalTo("Ours"));
        patch(shop.asMerchantOf("acme"), 2, CLOSE).then().statusCode(200);
        patch(shop.asMerchantOf("other"), 3, CLOSE).then().statusCode(404);
    }

    @Test
    void givenWhatNamesNoLocation_thenThereIsAlwaysMainForIt() {
        String main = shop.as("admin").get("/v1/locations").path("items[0].id");

        shop.as("admin")
                .header("If-Match", "\"1\"")
                .body(CLOSE)
                .patch("/v1/locations/" + main)
                .then()
                .statusCode(422)
                .body("errors.pointer", contains("/status"));
    }

    @Test
    void givenGoods_whenTheirLocationWouldBeClosed_thenTheyAreNamed_andItCanBeOnceTheyAreAway() {
        var shirt = shop.article("shirt");
        shop.receive(shirt, 3, "brooklyn");

        patch(1, CLOSE)
                .then()
                .statusCode(409)
                .body("type", containsString("location-not-empty"))
                .body("errors.pointer", contains("/status"))
                .body("errors.detail", contains("cannot be CLOSED: 3 of shirt lie there"));
        book("transfers", lines(shirt, "quantity", 3).put("from", "brooklyn").put("to", "main"))
                .then()
                .statusCode(201);

        patch(1, CLOSE).then().statusCode(200);
        assertThat(shop.stock(shirt).getLong("available")).isEqualTo(3);
    }

    @Test
    void givenAClosedLocation_thenNothingComesThere_untilItIsOpen() {
        var shirt = shop.stocked("shirt", 5);
        shop.receive(shirt, 1, "brooklyn");
        book("adjustments", at("brooklyn", shirt, "quantity", -1).put("reason", "LOST"))
                .then()
                .statusCode(201);
        patch(1, CLOSE).then().statusCode(200);

        refused(book("receipts", at("brooklyn", shirt, "quantity", 1)), "/lines/0/location");
        refused(book("adjustments", at("brooklyn", shirt, "quantity", 1).put("reason", "FOUND")), "/lines/0/location");
        refused(book("counts", lines(shirt, "counted", 1).put("location", "brooklyn")), "/location");
        refused(
                book(
                        "transfers",
                        lines(shirt, "quantity", 1).put("from", "main").put("to", "brooklyn")),
                "/to");
        book("counts", lines(shirt, "counted", 0).put("location", "brooklyn"))
                .then()
                .statusCode(201);
        assertThat(shop.stock(shirt).getLong("available")).isEqualTo(5);
        Ledger.assertBalanced(shop.tenant());

        patch(2, """
                {"status": "OPEN"}""").then().statusCode(200);
        shop.receive(shirt, 1, "brooklyn");
    }

    @Test
    void givenUnits_thenTheyKeepItOpen_alsoOnTheirWay_andCannotComeToAClosedOne() {
        var phone = shop.tracked("phone");
        var unit = Shop.unit(phone, "P-1").put("location", "brooklyn").put("status", "INCOMING");
        String id = shop.unitReceipt(new JsonArray().add(unit)).path("units[0].id");
        patch(1, CLOSE)
                .then()
                .statusCode(409)
                .body("errors.detail", contains("cannot be CLOSED: unit P-1 is on its way there"));
        status(id, 1, "AVAILABLE").then().statusCode(200);
        patch(1, CLOSE).then().statusCode(409).body("errors.detail", contains(containsString("1 of phone lie there")));
        status(id, 2, "CANCELLED").then().statusCode(200);
        patch(1, CLOSE).then().statusCode(200);

        refused(status(id, 3, "AVAILABLE"), "/status");
        var others = new JsonArray()
                .add(Shop.unit(phone, "P-1a").put("location", "main"))
                .add(Shop.unit(phone, "P-1b").put("location", "brooklyn"))
                .add(Shop.unit(phone, "P-1c").put("location", "brooklyn"))
                .add(Shop.unit(phone, "P-1d").put("location", "brooklyn").put("status", "INCOMING"));
        refused(shop.unitReceipt(others), "/units/1/location", "/units/2/location", "/units/3/location");
        var elsewhere = shop.units(phone, "P-3");
        refused(
                shop.as("admin")
                        .header("Idempotency-Key", UUID.randomUUID())
                        .body(new JsonObject()
                                .put("to", "brooklyn")
                                .put("unitIds", new JsonArray(elsewhere))
                                .encode())
                        .post("/v1/units/transfers"),
                "/to");
    }

    @Test
    void givenTwoClosedLocations_whenOneBookingBringsGoodsToBoth_thenEachLineIsNamed() {
        var shirt = shop.stocked("shirt", 2);
        patch(1, CLOSE).then().statusCode(200);
        patch(shop.as("admin"), shop.location("queens", "acme"), 1, CLOSE)
                .then()
                .statusCode(200);
        var body = new JsonObject().put("lines", new JsonArray());
        for (var location : List.of("queens", "main", "brooklyn", "queens")) {
            body.getJsonArray("lines")
                    .add(new JsonObject()
                            .put("sku", shirt.sku())
                            .put("quantity", 1)
                            .put("location", location));
        }

        var answer = book("receipts", body);

        refused(answer, "/lines/0/location", "/lines/2/location", "/lines/3/location");
        answer.then()
                .body(
                        "errors.detail",
                        contains(
                                "would come to queens, which is closed",
                                "would come to brooklyn, which is closed",
                                "would come to queens, which is closed"));
        assertThat(shop.stock(shirt).getLong("available")).isEqualTo(2);
    }

    @Test
    void givenAClosedLocation_whenATransferOfTwoLinesWouldBringGoodsThere_thenItsOneFieldIsNamedOnce() {
        var shirt = shop.stocked("shirt", 1);
        var shoe = shop.stocked("shoe", 1);
        patch(1, CLOSE).then().statusCode(200);
        var both = lines(shirt, "quantity", 1).put("from", "main").put("to", "brooklyn");
        both.getJsonArray("lines").add(new JsonObject().put("sku", shoe.sku()).put("quantity", 1));

        refused(book("transfers", both), "/to");
    }

    @Test
    void givenMoreKindsOfGoodsThanAreNamed_whenTheirLocationWouldBeClosed_thenSomeOfEachAreNamed() {
        var lines = new JsonArray();
        var phone = shop.tracked("phone");
        var units = new JsonArray();
        for (int i = 0; i <= ChangeLocation.MOST_NAMED; i++) {
            var article = shop.article("shirt-" + i);
            lines.add(new JsonObject()
                    .put("sku", article.sku())
                    .put("quantity", 1)
                    .put("location", "brooklyn"));
            units.add(Shop.unit(phone, "P-" + i).put("location", "brooklyn").put("status", "INCOMING"));
        }
        book("receipts", new JsonObject().put("lines", lines)).then().statusCode(201);
        shop.unitReceipt(units).then().statusCode(201);

        List<String> named = patch(1, CLOSE).then().statusCode(409).extract().path("errors.detail");

        assertThat(named).doesNotHaveDuplicates();
        assertThat(named).filteredOn(some -> some.contains("lie there")).hasSize(ChangeLocation.MOST_NAMED);
        assertThat(named).filteredOn(some -> some.contains("on its way there")).hasSize(ChangeLocation.MOST_NAMED);
    }

    /** Every tenant has it, most goods come there, and it is never closed. */
    @Test
    void givenGoodsThatCome_thenTheirLocationIsHeld_butMainIsNot() {
        var shirt = shop.stocked("shirt", 1);
        shop.receive(shirt, 1, "brooklyn");
        var main = lastHeld("main");
        var other = lastHeld("brooklyn");

        shop.receive(shirt, 1);
        shop.receive(shirt, 1, "brooklyn");

        assertThat(lastHeld("main")).isEqualTo(main);
        assertThat(lastHeld("brooklyn")).isNotEqualTo(other);
    }

    private List<String> lastHeld(String code) {
        return Ledger.query(
                "select xmax::text from inventory.location where tenant = ? and code = ?", shop.tenant(), code);
    }

    @Test
    void givenGoodsThatComeWhileALocationIsClosed_thenOneOfTheTwoIsRefused() {
        var shirt = shop.article("shirt");
        for (int round = 0; round < 8; round++) {
            var code = "shelf-" + round;
            var shelf = shop.location(code, "acme");

            var answers = Race.all(
                    4,
                    i -> i == 0
                            ? patch(shop.as("admin"), shelf, 1, CLOSE)
                            : book("receipts", at(code, shirt, "quantity", 1)));

            var closing = answers.getFirst();
            long came = answers.stream()
                    .skip(1)
                    .filter(answer -> answer.statusCode() == 201)
                    .count();
            assertThat(closing.statusCode()).isEqualTo(came == 0 ? 200 : 409);
            assertThat(answers.stream().skip(1))
                    .allSatisfy(answer -> assertThat(answer.statusCode()).isIn(201, 409));
            assertThat(Ledger.query(
                            "select coalesce(sum(on_hand), 0) from inventory.stock_level where tenant = ? and location_id = ?",
                            shop.tenant(),
                            UUID.fromString(shelf)))
                    .containsExactly(Long.toString(came));
        }
        Ledger.assertBalanced(shop.tenant());
    }

    @Test
    void givenTwoWhoChangeItAtOnce_thenOneHasSeenWhatTheOtherMade() {
        var answers = Race.all(
                6, i -> patch(1, new JsonObject().put("position", 100 + i).encode()));

        assertThat(answers)
                .extracting(Response::statusCode)
                .containsOnlyOnce(200)
                .containsOnly(200, 412);
    }

    @Test
    void givenTheOrderIsChanged_thenReservationsTakeFromTheFirstNow() {
        var shirt = shop.stocked("shirt", 5);
        shop.receive(shirt, 5, "brooklyn");
        patch(1, """
                {"position": 0}""").then().statusCode(200);

        reserve(shirt).then().statusCode(201).body("lines.locationId", contains(brooklyn));
    }

    private Response reserve(Article article) {
        return shop.as("service")
                .header("Idempotency-Key", UUID.randomUUID())
                .body(lines(article, "quantity", 1)
                        .put("owner", UUID.randomUUID().toString())
                        .encode())
                .post("/v1/reservations");
    }

    private static void refused(Response answer, String... pointers) {
        answer.then()
                .statusCode(409)
                .body("type", containsString("location-closed"))
                .body("errors.pointer", contains(pointers));
    }

    private Response status(String unit, int seen, String status) {
        var body = new JsonObject().put("status", status);
        if (status.equals("CANCELLED")) {
            body.put("reason", "LOST");
        }
        return shop.as("admin")
                .header("If-Match", "\"" + seen + "\"")
                .body(body.encode())
                .post("/v1/units/" + unit + "/status");
    }

    private Response book(String what, JsonObject body) {
        return shop.as("admin")
                .header("Idempotency-Key", UUID.randomUUID())
                .body(body.encode())
                .post("/v1/stock/" + what);
    }

    private static JsonObject at(String location, Article article, String amount, long units) {
        var body = lines(article, amount, units);
        body.getJsonArray("lines").getJsonObject(0).put("location", location);
        return body;
    }

    private static JsonObject lines(Article article, String amount, long units) {
        return new JsonObject()
                .put(
                        "lines",
                        new JsonArray()
                                .add(new JsonObject().put("sku", article.sku()).put(amount, units)));
    }

    private Response patch(int seen, String body) {
        return patch(shop.as("admin"), seen, body);
    }

    private Response patch(RequestSpecification caller, int seen, String body) {
        return patch(caller, brooklyn, seen, body);
    }

    private static Response patch(RequestSpecification caller, String location, int seen, String body) {
        return caller.header("If-Match", "\"" + seen + "\"").body(body).patch("/v1/locations/" + location);
    }
}
