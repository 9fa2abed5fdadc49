package io.souk.inventory;

import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import io.souk.inventory.Shop.Article;
import io.souk.testing.Tokens;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

import static io.souk.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

/** What the vendors of a marketplace see of one another's stock: nothing. */
@InventoryTest
class VendorTest {
    private final Shop shop = new Shop();
    private final Article shirt = shop.article("SHIRT");

    @BeforeEach
    void aMarketplace() {
        shop.location("main", 0);
        shop.location("a-1", "a");
        shop.location("b-1", "b");
    }

    @Test
    void givenVendors_whenTheyListLocations_thenEachSeesItsOwn() {
        shop.location("a-2", "a");

        shop.asMerchantOf("a").get("/v1/locations").then().body("items.code", contains("a-1", "a-2"));
        shop.asMerchantOf("b").get("/v1/locations").then().body("items.code", contains("b-1"));
        shop.asMerchantOf("c").get("/v1/locations").then().body("items", empty());
        shop.as("readonly")
                .get("/v1/locations")
                .then()
                .body("items.code", contains("main", "a-1", "b-1", "a-2"))
                .body("items.vendor", contains(null, "a", "b", "a"));
        var first = shop.asMerchantOf("a").queryParam("limit", 1).get("/v1/locations");
        first.then().body("items.code", contains("a-1")).body("next", notNullValue());
        shop.asMerchantOf("a")
                .queryParam("cursor", first.jsonPath().getString("next"))
                .get("/v1/locations")
                .then()
                .body("items.code", contains("a-2"))
                .body("next", nullValue());
    }

    @Test
    void givenAMerchant_whenItAddsALocation_thenItIsItsVendors_behindTheOthers_andTold() {
        shop.asMerchantOf("a")
                .body("{\"code\": \"a-2\", \"name\": \"Annex\"}")
                .post("/v1/locations")
                .then()
                .statusCode(201)
                .body("vendor", equalTo("a"))
                .body("position", equalTo(3));

        eventually(() -> assertThat(Told.states(Topics.LOCATION, shop.tenant()))
                .extracting(state -> state.getString("code") + " of " + state.getString("vendor"))
                .contains("main of null", "a-1 of a", "a-2 of a"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            merchant | {"code": "main", "name": "Mine"}
            admin    | {"code": "main", "name": "Theirs", "vendor": "a"}
            """)
    void givenATenantWithoutLocations_whenSomebodyWantsMainForAVendor_thenItStaysTheTenants(String role, String body) {
        var empty = new Shop();
        var sock = empty.article("SOCK");

        Shop.with(Tokens.of(empty.tenant(), role, null, "a"))
                .body(body)
                .post("/v1/locations")
                .then()
                .statusCode(422)
                .body("errors.pointer", contains("/code"));

        book(empty.as("admin"), "receipts", body(line(sock, 1))).then().statusCode(201);
        empty.as("admin")
                .get("/v1/locations")
                .then()
                .body("items.code", contains("main"))
                .body("items.vendor", contains(nullValue()));
        stock(empty.asMerchantOf("a"), null).then().body("items", empty());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            merchant | {"code": "a-1", "name": "Mine"}
            admin    | {"code": "a-1", "name": "Theirs", "vendor": "a"}
            """)
    void givenATenantWithoutLocations_whenAVendorGetsTheFirst_thenItComesBehindMain_andMainIsTold(
            String role, String body) {
        var empty = new Shop();

        Shop.with(Tokens.of(empty.tenant(), role, null, "a"))
                .body(body)
                .post("/v1/locations")
                .then()
                .statusCode(201)
                .body("position", equalTo(1));

        empty.as("admin")
                .get("/v1/locations")
                .then()
                .body("items.code", contains("main", "a-1"))
                .body("items.vendor", contains(null, "a"));
        eventually(() -> assertThat(Told.states(Topics.LOCATION, empty.tenant()))
                .extracting(state -> state.getString("code"))
                .containsExactlyInAnyOrder("main", "a-1"));
    }

    @Test
    void givenUnitsAtVendorsLocations_whenMerchantsRead_thenEachSeesItsOwn_withoutWhatTheyCost() {
        var shoe = shop.tracked("SHOE");
        shop.unitReceipt(new JsonArray()
                        .add(Shop.unit(shoe, "A1").put("location", "a-1"))
                        .add(Shop.unit(shoe, "A2").put("location", "a-1"))
                        .add(Shop.unit(shoe, "B1").put("location", "b-1"))
                        .add(Shop.unit(shoe, "M1").put("location", "main")))
                .then()
                .statusCode(201);

        units("a").then().body("items.serialNumber", contains("A1", "A2")).body("items.cost", everyItem(nullValue()));
        units("a", "sku", "SHOE").then().body("items.serialNumber", contains("A1", "A2"));
        units("a", "status", "AVAILABLE").then().body("items.serialNumber", contains("A1", "A2"));
        units("a", "status", "INCOMING").then().body("items", empty());
        units("a", "serialNumber", "a2").then().body("items.serialNumber", contains("A2"));
        units("a", "serialNumber", "b1").then().body("items", empty());
        units("b").then().body("items.serialNumber", contains("B1"));
        units("c").then().body("items", empty());
        var first = units("a", "limit", "1");
        first.then().body("items.serialNumber", contains("A1"));
        units("a", "cursor", first.jsonPath().getString("next"))
                .then()
                .body("items.serialNumber", contains("A2"))
                .body("next", nullValue());
        String id = units("a", "serialNumber", "A1").path("items[0].id");
        shop.asMerchantOf("a").get("/v1/units/" + id).then().statusCode(200).body("cost", nullValue());
        shop.asMerchantOf("b").get("/v1/units/" + id).then().statusCode(404);
    }

    /** Some levels begin late, some have all of a page, and another vendor's lie between them. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5, 200})
    void givenUnitsThatLieHereAndThere_whenAMerchantTurnsThePages_thenEachComesOnce_inTheirOrder(int limit) {
        var shoe = shop.tracked("SHOE");
        var bag = shop.tracked("BAG");
        shop.location("a-2", "a");
        var places = List.of("a-1", "a-1", "b-1", "a-2", "a-1", "a-2", "a-2", "b-1", "a-2", "a-1", "a-1", "a-2");
        var own = new ArrayList<String>();
        for (int i = 0; i < places.size(); i++) {
            var serial = "S" + i;
            shop.unitReceipt(new JsonArray()
                            .add(Shop.unit(i % 5 == 0 ? bag : shoe, serial).put("location", places.get(i))))
                    .then()
                    .statusCode(201);
            if (!places.get(i).equals("b-1")) {
                own.add(serial);
            }
        }

        assertThat(pages(limit)).containsExactlyElementsOf(own);
        assertThat(pages(limit, "status", "AVAILABLE")).containsExactlyElementsOf(own);
        assertThat(pages(limit, "sku", "BAG")).containsExactly("S0", "S5", "S10");
        assertThat(pages(limit, "status", "PACKED")).isEmpty();
    }

    /** All the serial numbers of a merchant's list. */
    private List<String> pages(int limit, String... filter) {
        var seen = new ArrayList<String>();
        for (var page = page(limit, null, filter); ; page = page(limit, page.getString("next"), filter)) {
            List<String> serials = page.getList("items.serialNumber");
            assertThat(serials).hasSizeLessThanOrEqualTo(limit);
            seen.addAll(serials);
            if (page.getString("next") == null) {
                return seen;
            }
        }
    }

    private JsonPath page(int limit, @Nullable String cursor, String... filter) {
        var asked = Stream.concat(
                Stream.concat(Stream.of("limit", Integer.toString(limit)), Arrays.stream(filter)),
                cursor == null ? Stream.empty() : Stream.of("cursor", cursor));
        var page = units("a", asked.toArray(String[]::new));
        page.then().statusCode(200);
        return page.jsonPath();
    }

    @Test
    void givenAReservationOfSeveralVendorsUnits_whenAMerchantAsksForIt_thenItSeesItsOwn() {
        var shoe = shop.tracked("SHOE");
        shop.unitReceipt(new JsonArray()
                        .add(Shop.unit(shoe, "A1").put("location", "a-1"))
                        .add(Shop.unit(shoe, "B1").put("location", "b-1")))
                .then()
                .statusCode(201);
        String reservation = shop.as("service")
                .header("Idempotency-Key", UUID.randomUUID())
                .body(new JsonObject()
                        .put(
                                "lines",
                                new JsonArray()
                                        .add(new JsonObject().put("sku", "SHOE").put("quantity", 2)))
                        .encode())
                .post("/v1/reservations")
                .path("id");
        shop.as("service")
                .header("If-Match", "\"1\"")
                .post("/v1/reservations/" + reservation + "/confirm")
                .then()
                .statusCode(200);

        units("a", "reservationId", reservation).then().body("items.serialNumber", contains("A1"));
        units("b", "reservationId", reservation).then().body("items.serialNumber", contains("B1"));
    }

    private Response units(String vendor, String... filter) {
        var request = shop.asMerchantOf(vendor);
        for (int i = 0; i < filter.length; i += 2) {
            request.queryParam(filter[i], filter[i + 1]);
        }
        return request.get("/v1/units");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            merchant | {"code": "x", "name": "x", "vendor": "b"}   | 403 | /vendor
            merchant | {"code": "x", "name": "x", "position": 0}   | 403 | /position
            merchant | {"code": "b-1", "name": "x"}                | 409 | /code
            merchant | {"code": "main", "name": "x"}               | 422 | /code
            admin    | {"code": "main", "name": "x", "vendor": "a"} | 422 | /code
            admin    | {"code": "x", "name": "x", "vendor": "A"}   | 422 | /vendor
            admin    | {"code": "x", "name": "x", "vendor": ""}    | 422 | /vendor
            admin    | {"code": "x", "name": "x", "vendor": 1}     | 400 | /vendor
            """)
    void givenALocationThatIsNotTheCallersToAdd_thenTheFieldIsNamed(
            String role, String body, int status, String pointer) {
        Shop.with(Tokens.of(shop.tenant(), role, null, "a"))
                .body(body)
                .post("/v1/locations")
                .then()
                .statusCode(status)
                .body("errors.pointer", contains(pointer));
    }

    @Test
    void givenOneVariantAtAll_whenEachReadsItsStock_thenItIsTheirOwnPartOfIt() {
        var scarf = shop.article("SCARF");
        shop.receive(shirt, 5, "main");
        shop.receive(shirt, 3, "a-1");
        shop.receive(shirt, 2, "b-1");
        shop.receive(scarf, 7, "b-1");

        for (var sku : new String[] {null, "SHIRT,SCARF"}) {
            stock(shop.asMerchantOf("a"), sku)
                    .then()
                    .body("items.sku", contains("SHIRT"))
                    .body("items.onHand", contains(3))
                    .body("items[0].levels.location", contains("a-1"));
            stock(shop.as("admin"), sku).then().body("items.onHand.sum()", equalTo(17));
            stock(shop.asMerchantOf("c"), sku).then().body("items", empty());
        }
        stock(shop.asMerchantOf("b"), "SCARF").then().body("items.onHand", contains(7));
    }

    @Test
    void givenLotsThatAreAllGone_whenAVendorReadsItsStock_thenTheVariantIsThere_howeverItIsAskedFor() {
        var lot = line(shirt, 3).put("location", "a-1").put("lot", "L1");
        book(shop.as("admin"), "receipts", body(lot.copy().put("expiresOn", "2999-01-01")))
                .then()
                .statusCode(201);
        book(shop.as("admin"), "adjustments", body(lot.put("quantity", -3)).put("reason", "LOST"))
                .then()
                .statusCode(201);

        for (var sku : new String[] {null, "SHIRT"}) {
            stock(shop.asMerchantOf("a"), sku)
                    .then()
                    .body("items.sku", contains("SHIRT"))
                    .body("items.onHand", contains(0))
                    .body("items[0].levels", empty());
            stock(shop.asMerchantOf("b"), sku).then().body("items", empty());
        }
    }

    @Test
    void givenPages_whenAVendorReadsWhatLiesInLotsAtSeveralLocations_thenEachVariantComesOnce() {
        shop.location("a-2", "a");
        var skus = new ArrayList<>(List.of("SHIRT"));
        shop.receive(shirt, 1, "a-1");
        for (int i = 0; i < 6; i++) {
            var article = shop.article("LOT-" + i);
            skus.add(article.sku());
            for (var location : new String[] {"a-1", "a-2", "b-1"}) {
                for (var lot : new String[] {"L1", "L2", "L3"}) {
                    book(
                                    shop.as("admin"),
                                    "receipts",
                                    body(line(article, 1)
                                            .put("location", location)
                                            .put("lot", lot)
                                            .put("expiresOn", "2999-01-01")))
                            .then()
                            .statusCode(201);
                }
            }
        }

        var seen = new ArrayList<String>();
        @Nullable String cursor = null;
        do {
            var request = shop.asMerchantOf("a").queryParam("limit", 2);
            var page = (cursor == null ? request : request.queryParam("cursor", cursor)).get("/v1/stock");
            page.then().statusCode(200);
            assertThat(page.jsonPath().getList("items.levels.location.flatten()", String.class))
                    .isSubsetOf("a-1", "a-2"); // the shirt lies at one of them, and may have a page for itself
            seen.addAll(page.jsonPath().getList("items.sku", String.class));
            cursor = page.jsonPath().getString("next");
        } while (cursor != null);

        assertThat(seen).containsExactlyInAnyOrderElementsOf(skus);
    }

    @Test
    void givenMovements_whenEachReadsTheLedger_thenItIsTheirOwn() {
        shop.location("a-2", "a");
        shop.receive(shirt, 5, "main");
        shop.receive(shirt, 3, "a-1");
        shop.receive(shirt, 2, "b-1");
        book(
                        shop.asMerchantOf("a"),
                        "transfers",
                        body(line(shirt, 1)).put("from", "a-1").put("to", "a-2"))
                .then()
                .statusCode(201);

        for (var sku : new String[] {null, "SHIRT"}) {
            movements(shop.asMerchantOf("a"), sku)
                    .then()
                    .body("items.location", contains("a-2", "a-1", "a-1"))
                    .body("items.quantity", contains(1, -1, 3));
            movements(shop.asMerchantOf("b"), sku).then().body("items.quantity", contains(2));
            movements(shop.asMerchantOf("c"), sku).then().body("items", empty());
            movements(shop.as("admin"), sku).then().body("items", hasSize(5));
        }
        var first = movements(shop.asMerchantOf("a").queryParam("limit", 2), null);
        movements(shop.asMerchantOf("a").queryParam("cursor", first.jsonPath().getString("next")), null)
                .then()
                .body("items.quantity", contains(3))
                .body("next", nullValue());
        Ledger.assertBalanced(shop.tenant());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            receipts    | {"lines": [{"sku": "SHIRT", "quantity": 1}]}                                          | /lines/0/location
            receipts    | {"lines": [{"sku": "SHIRT", "quantity": 1, "location": "a-1"}, {"sku": "SHIRT", "quantity": 1, "location": "b-1"}]} | /lines/1/location
            receipts    | {"lines": [{"sku": "SHIRT", "quantity": 1, "location": "b-1", "lot": "L", "expiresOn": "2999-01-01"}]} | /lines/0/location
            adjustments | {"reason": "DAMAGED", "lines": [{"sku": "SHIRT", "quantity": -1, "location": "b-1"}]} | /lines/0/location
            adjustments | {"reason": "FOUND", "lines": [{"sku": "SHIRT", "quantity": 1, "location": "main"}]}   | /lines/0/location
            transfers   | {"from": "a-1", "to": "b-1", "lines": [{"sku": "SHIRT", "quantity": 1}]}              | /to
            transfers   | {"from": "b-1", "to": "a-1", "lines": [{"sku": "SHIRT", "quantity": 1}]}              | /from
            transfers   | {"from": "main", "to": "a-1", "lines": [{"sku": "SHIRT", "quantity": 1}]}             | /from
            counts      | {"location": "b-1", "lines": [{"sku": "SHIRT", "counted": 0}]}                        | /location
            counts      | {"lines": [{"sku": "SHIRT", "counted": 0}]}                                           | /location
            """)
    void givenABookingThatReachesBeyond_thenItNamesNoLocation_andNothingChanges(
            String what, String body, String pointer) {
        shop.receive(shirt, 5, "main");
        shop.receive(shirt, 5, "a-1");
        shop.receive(shirt, 5, "b-1");

        book(shop.asMerchantOf("a"), what, new JsonObject(body))
                .then()
                .statusCode(422)
                .body("type", containsString("unknown-location"))
                .body("errors.pointer", contains(pointer));

        assertThat(shop.stock(shirt).getLong("onHand")).isEqualTo(15);
        shop.as("admin").get("/v1/stock/movements").then().body("items", hasSize(3));
    }

    @Test
    void givenNoMainLocation_whenAMerchantBooksThere_thenNoneIsMade() {
        var empty = new Shop();
        var sock = empty.article("SOCK");

        book(empty.asMerchantOf("a"), "receipts", body(line(sock, 1))).then().statusCode(422);

        empty.as("admin").get("/v1/locations").then().body("items", empty());
    }

    @Test
    void givenOneKey_whenTwoVendorsUseIt_thenEachHasItsOwnAnswer() {
        var ofA = body(line(shirt, 3).put("location", "a-1"));
        book(shop.asMerchantOf("a"), "key", "receipts", ofA).then().statusCode(201);

        book(shop.asMerchantOf("b"), "key", "receipts", ofA)
                .then()
                .statusCode(422)
                .header("Idempotent-Replayed", nullValue());
        book(shop.asMerchantOf("b"), "key", "receipts", body(line(shirt, 2).put("location", "b-1")))
                .then()
                .statusCode(201)
                .body("lines.onHand", contains(2));
        book(shop.asMerchantOf("a"), "key", "receipts", ofA)
                .then()
                .statusCode(201)
                .header("Idempotent-Replayed", "true");
    }

    @Test
    void givenGoodsThatWereBought_whenAMerchantReceivesThem_thenItIsRefused() {
        book(
                        shop.asMerchantOf("a"),
                        "receipts",
                        body(line(shirt, 3).put("location", "a-1"))
                                .put(
                                        "purchase",
                                        new JsonObject()
                                                .put(
                                                        "supplierId",
                                                        UUID.randomUUID().toString())))
                .then()
                .statusCode(403)
                .body("errors.pointer", contains("/purchase"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v1/locations", "/v1/stock", "/v1/stock/movements", "/v1/packs"})
    void givenAMerchantWithoutAVendor_thenItIsTold(String path) {
        shop.as("merchant").get(path).then().statusCode(403).body("detail", containsString("the token names none"));
        shop.asMerchantOf("No Code").get(path).then().statusCode(403).body("detail", containsString("must be"));
    }

    private static Response stock(RequestSpecification caller, @Nullable String sku) {
        return (sku == null ? caller : caller.queryParam("sku", sku)).get("/v1/stock");
    }

    private static Response movements(RequestSpecification caller, @Nullable String sku) {
        return (sku == null ? caller : caller.queryParam("sku", sku)).get("/v1/stock/movements");
    }

    private static Response book(RequestSpecification caller, String what, JsonObject body) {
        return book(caller, UUID.randomUUID().toString(), what, body);
    }

    private static Response book(RequestSpecification caller, String key, String what, JsonObject body) {
        return caller.header("Idempotency-Key", key).body(body.encode()).post("/v1/stock/" + what);
    }

    private static JsonObject body(JsonObject... lines) {
        return new JsonObject().put("lines", new JsonArray(List.of(lines)));
    }

    private static JsonObject line(Article article, long quantity) {
        return new JsonObject().put("sku", article.sku()).put("quantity", quantity);
    }
}
