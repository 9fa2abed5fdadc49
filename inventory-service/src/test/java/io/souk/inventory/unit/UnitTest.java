package io.souk.inventory.unit;

import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import io.souk.inventory.InventoryTest;
import io.souk.inventory.Ledger;
import io.souk.inventory.Shop;
import io.souk.inventory.Shop.Article;
import io.souk.inventory.Told;
import io.souk.inventory.Topics;
import io.souk.testing.Database;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

import static io.souk.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;

/** What each unit is and where it stands, and that its level counts it. */
@InventoryTest
class UnitTest {
    private final Shop shop = new Shop();

    @Test
    void givenUnitsThatArrive_thenTheirLevelCountsThem_andEachIsKnownAndTold() {
        var card = shop.tracked("CARD");

        shop.unitReceipt(new JsonArray()
                        .add(Shop.unit(card, "Psa-1").put("acquiredOn", "2026-11-02"))
                        .add(Shop.unit(card, "PSA-2").put("status", "CONSIGNED").putNull("cost"))
                        .add(Shop.unit(card, "PSA-3").put("status", "INCOMING")))
                .then()
                .statusCode(201)
                .body("units.serialNumber", contains("Psa-1", "PSA-2", "PSA-3"))
                .body("units.status", contains("AVAILABLE", "CONSIGNED", "INCOMING"))
                .body("units.version", contains(1, 1, 1))
                .body("units[0].cost.amount", equalTo(100))
                .body("units[1].cost", nullValue())
                .body("units[0].acquiredOn", equalTo("2026-11-02"))
                .body("units.location", contains("main", "main", "main"));

        assertThat(shop.stock(card).getLong("onHand")).isEqualTo(2);
        shop.as("readonly")
                .queryParam("sku", "CARD")
                .get("/v1/stock/movements")
                .then()
                .body("items.kind", contains("RECEIPT"))
                .body("items.quantity", contains(2));
        shop.as("readonly")
                .queryParam("serialNumber", "psa-1")
                .get("/v1/units")
                .then()
                .statusCode(200)
                .body("items.serialNumber", contains("Psa-1"));
        shop.as("readonly")
                .queryParam("status", "available")
                .get("/v1/units")
                .then()
                .statusCode(400)
                .body("errors.parameter", contains("status"));
        Ledger.assertBalanced(shop.tenant());
        eventually(() -> {
            assertThat(Told.states(Topics.UNIT, shop.tenant()))
                    .hasSize(3)
                    .allSatisfy(state -> assertThat(state.fieldNames()).doesNotContain("cost"));
            assertThat(Told.states(Topics.STOCK, shop.tenant()))
                    .singleElement()
                    .satisfies(state -> assertThat(state.getLong("onHand")).isEqualTo(2));
        });
    }

    @Test
    void whatAUnitCostIsToldToWhoeverMayBook_andToNobodyElse() {
        var card = shop.tracked("CARD");
        var id = shop.units(card, "A").getFirst();

        for (var role : List.of("admin", "service")) {
            shop.as(role).get("/v1/units/" + id).then().statusCode(200).body("cost.amount", equalTo(100));
        }
        shop.as("readonly").get("/v1/units/" + id).then().statusCode(200).body("cost", nullValue());
        shop.as("readonly").get("/v1/units").then().body("items.cost", contains(nullValue()));
        shop.as("customer").get("/v1/units/" + id).then().statusCode(403);
        shop.as("readonly")
                .header("Idempotency-Key", UUID.randomUUID())
                .body("{}")
                .post("/v1/units/receipts")
                .then()
                .statusCode(403);
        shop.as("service").put("/v1/tracked-variants/" + card.id()).then().statusCode(403);
    }

    @Test
    void givenOneBadUnit_thenNoneIsMade_andItIsNamed() {
        var card = shop.tracked("CARD");
        var plain = shop.article("PLAIN");
        shop.units(card, "TAKEN");

        shop.unitReceipt(new JsonArray().add(Shop.unit(card, "A")).add(Shop.unit(card, "taken")))
                .then()
                .statusCode(409)
                .body("type", containsString("serial-number-taken"))
                .body("errors.pointer", contains("/units/1/serialNumber"))
                .body("errors.detail", contains(containsString("AVAILABLE")));
        shop.unitReceipt(new JsonArray().add(Shop.unit(card, "A")).add(Shop.unit(card, "a")))
                .then()
                .statusCode(422)
                .body("errors.pointer", contains("/units/1/serialNumber"));
        shop.unitReceipt(new JsonArray().add(Shop.unit(card, "A")).add(Shop.unit(plain, "B")))
                .then()
                .statusCode(422)
                .body("type", containsString("not-tracked-by-unit"))
                .body("errors.pointer", contains("/units/1/sku"));
        shop.unitReceipt(new JsonArray()
                        .add(Shop.unit(card, "A"))
                        .add(Shop.unit(card, "B").put("location", "nowhere")))
                .then()
                .statusCode(422)
                .body("errors.pointer", contains("/units/1/location"));
        shop.unitReceipt(new JsonArray()
                        .add(Shop.unit(card, " ").putNull("condition").put("status", "PACKED"))
                        .add(Shop.unit(card, "B").put("acquiredOn", "1200-01-01")))
                .then()
                .statusCode(422)
                .body(
                        "errors.pointer",
                        contains(
                                "/units/0/serialNumber",
                                "/units/0/condition",
                                "/units/0/status",
                                "/units/1/acquiredOn"));

        assertThat(shop.stock(card).getLong("onHand")).isEqualTo(1);
        shop.as("admin").get("/v1/units").then().body("items", hasSize(1));
        assertThat(shop.unitReceipt(new JsonArray()).statusCode()).isEqualTo(422);
        var tooMany = new JsonArray();
        IntStream.rangeClosed(0, UnitReceiptRequest.MAX_UNITS).forEach(i -> tooMany.add(Shop.unit(card, "N" + i)));
        shop.unitReceipt(tooMany).then().statusCode(422).body("errors.pointer", contains("/units"));
        tooMany.remove(0);
        shop.unitReceipt(tooMany).then().statusCode(201).body("units", hasSize(UnitReceiptRequest.MAX_UNITS));
        Ledger.assertBalanced(shop.tenant());
    }

    @Test
    void aReceiptHappensOnceForItsKey() {
        var card = shop.tracked("CARD");
        var body = new JsonObject().put("units", new JsonArray().add(Shop.unit(card, "A")));

        for (int i = 0; i < 2; i++) {
            shop.as("admin")
                    .header("Idempotency-Key", "once")
                    .body(body.encode())
                    .post("/v1/units/receipts")
                    .then()
                    .statusCode(201)
                    .body("units.serialNumber", contains("A"));
        }

        assertThat(shop.stock(card).getLong("onHand")).isEqualTo(1);
    }

    @Test
    void anotherTenantsUnitsDoNotExist() {
        var card = shop.tracked("CARD");
        var id = shop.units(card, "A").getFirst();
        var other = new Shop();
        other.tracked("CARD");

        other.as("admin").get("/v1/units/" + id).then().statusCode(404);
        other.as("admin").get("/v1/units").then().body("items", empty());
        status(other, id, 1, "CONSIGNED").then().statusCode(404);
        other.as("admin").get("/v1/tracked-variants/" + card.id()).then().statusCode(404);
        other.as("admin").put("/v1/tracked-variants/" + card.id()).then().statusCode(404);
        assertThat(other.units(other.tracked("OTHER"), "A")).hasSize(1);
    }

    @Test
    void aVariantIsTrackedOnlyWhileThereIsNothingOfIt() {
        var card = shop.article("CARD");
        var path = "/v1/tracked-variants/" + card.id();
        shop.receive(card, 1);

        shop.as("admin").put(path).then().statusCode(409).body("type", containsString("stock-not-empty"));
        adjust(card, -1).then().statusCode(201);
        shop.as("admin").get(path).then().statusCode(404);
        shop.as("admin").put(path).then().statusCode(200).body("sku", equalTo("CARD"));
        shop.as("admin").put(path).then().statusCode(200);
        shop.as("readonly")
                .get("/v1/tracked-variants")
                .then()
                .body("items.variantId", contains(card.id().toString()));

        var id = shop.units(card, "A").getFirst();
        shop.as("admin").delete(path).then().statusCode(409);
        status(shop, id, 1, "CANCELLED").then().statusCode(200);
        shop.unitReceipt(new JsonArray().add(Shop.unit(card, "B").put("status", "INCOMING")))
                .then()
                .statusCode(201);
        shop.as("admin").delete(path).then().statusCode(409);
        var awaited = shop.as("admin")
                .queryParam("status", "INCOMING")
                .get("/v1/units")
                .jsonPath()
                .getString("items[0].id");
        status(shop, awaited, 1, "CANCELLED").then().statusCode(200);
        shop.as("admin").delete(path).then().statusCode(204);
        shop.as("admin").delete(path).then().statusCode(404);

        shop.receive(card, 3);
        status(shop, id, 2, "AVAILABLE").then().statusCode(422).body("type", containsString("not-tracked-by-unit"));
        shop.as("admin").put("/v1/tracked-variants/" + UUID.randomUUID()).then().statusCode(404);
        Ledger.assertBalanced(shop.tenant());
    }

    @Test
    void plainQuantitiesOfATrackedVariantAreRefused_namingTheField() {
        var card = shop.tracked("CARD");
        shop.location("side", 7);
        shop.units(card, "A", "B");
        shop.pack("10614141000415", card, 12);

        var line = new JsonObject().put("sku", "CARD").put("quantity", 1);
        var lines = new JsonObject().put("lines", new JsonArray().add(line));
        refused("receipts", lines, "/lines/0/quantity");
        refused("adjustments", lines.copy().put("reason", "FOUND"), "/lines/0/quantity");
        refused("transfers", lines.copy().put("from", "main").put("to", "side"), "/lines/0/quantity");
        refused(
                "counts",
                new JsonObject()
                        .put(
                                "lines",
                                new JsonArray()
                                        .add(new JsonObject().put("sku", "CARD").put("counted", 2))),
                "/lines/0/counted");
        refused(
                "receipts",
                new JsonObject()
                        .put(
                                "lines",
                                new JsonArray()
                                        .add(new JsonObject()
                                                .put("gtin", "10614141000415")
                                                .put("packs", 1))),
                "/lines/0/packs");
        refused(
                "receipts",
                new JsonObject()
                        .put(
                                "lines",
                                new JsonArray()
                                        .add(line.copy()
                                                .put("lot", "L1")
                                                .put("expiresOn", "2099-01-01")
                                                .put("location", "side"))),
                "/lines/0/quantity");

        assertThat(shop.stock(card).getLong("onHand")).isEqualTo(2);
    }

    @Test
    void eachStepThatChangesWhatIsOnHandIsInTheLedger() {
        var card = shop.tracked("CARD");
        shop.unitReceipt(new JsonArray().add(Shop.unit(card, "A").put("status", "INCOMING")))
                .then()
                .statusCode(201);
        var id = shop.as("admin").get("/v1/units").jsonPath().getString("items[0].id");

        status(shop, id, 1, "CONSIGNED").then().statusCode(200).body("consigned", equalTo(true));
        status(shop, id, 2, "AVAILABLE").then().statusCode(200).body("consigned", equalTo(false));
        status(shop, id, 3, "CANCELLED").then().statusCode(200);
        status(shop, id, 4, "AVAILABLE").then().statusCode(200).header("ETag", "\"5\"");
        status(shop, id, 5, "AVAILABLE").then().statusCode(200).header("ETag", "\"5\"");

        shop.as("admin")
                .queryParam("sku", "CARD")
                .get("/v1/stock/movements")
                .then()
                .body("items.kind", contains("ADJUSTMENT", "ADJUSTMENT", "RECEIPT"))
                .body("items.reason", contains("FOUND", "DAMAGED", null))
                .body("items.quantity", contains(1, -1, 1));
        assertThat(shop.stock(card).getLong("onHand")).isEqualTo(1);
        Ledger.assertBalanced(shop.tenant());
        eventually(() -> assertThat(Told.states(Topics.UNIT, shop.tenant()))
                .extracting(state -> state.getJsonArray("changed").encode())
                .containsExactly(
                        "[\"variantId\",\"locationId\",\"serialNumber\",\"condition\",\"acquiredOn\",\"status\",\"consigned\"]",
                        "[\"status\",\"consigned\"]",
                        "[\"status\",\"consigned\"]",
                        "[\"status\"]",
                        "[\"status\"]"));
    }

    @ParameterizedTest
    @CsvSource({"INCOMING", "PACKED", "OUTGOING", "SALE_COMPLETED", "NEED_SHIPPING"})
    void whatCannotBeSaidOfAUnitIsRefused_withThePresentState(String status) {
        var card = shop.tracked("CARD");
        var id = shop.units(card, "A").getFirst();

        status(shop, id, 1, status)
                .then()
                .statusCode(409)
                .body("type", containsString("unit-status"))
                .body("detail", containsString("AVAILABLE"))
                .body("errors.pointer", contains("/status"))
                .body("current.version", equalTo(1));
    }

    @Test
    void whoHasNotSeenTheUnitChangesNothing() {
        var card = shop.tracked("CARD");
        var id = shop.units(card, "A").getFirst();

        status(shop, id, 2, "CONSIGNED").then().statusCode(412).body("current.version", equalTo(1));
        describe(id, 2, "B").then().statusCode(412);
        shop.as("admin")
                .body("{\"status\": \"CONSIGNED\"}")
                .post("/v1/units/" + id + "/status")
                .then()
                .statusCode(428);
        shop.as("admin")
                .header("If-Match", "\"1\"")
                .body("{\"status\": \"CANCELLED\"}")
                .post("/v1/units/" + id + "/status")
                .then()
                .statusCode(422)
                .body("errors.pointer", contains("/reason"));
        shop.as("admin")
                .header("If-None-Match", "\"1\"")
                .get("/v1/units/" + id)
                .then()
                .statusCode(304);
    }

    @Test
    void unitsAreListedByWhatPeopleAskFor_pageByPage() {
        var card = shop.tracked("CARD");
        var coin = shop.tracked("COIN");
        var cards = shop.units(card, "A", "B", "C");
        shop.units(coin, "A");
        status(shop, cards.get(1), 1, "CONSIGNED").then().statusCode(200);

        list("sku", "CARD").body("items.serialNumber", contains("A", "B", "C"));
        list("variantId", coin.id().toString()).body("items.sku", contains("COIN"));
        list("sku", "CARD", "status", "CONSIGNED").body("items.serialNumber", contains("B"));
        list("status", "CONSIGNED").body("items.sku", contains("CARD"));
        list("serialNumber", "a").body("items.sku", contains("CARD", "COIN"));
        list("sku", "UNKNOWN").body("items", empty());
        var first = list("limit", "3");
        first.body("items", hasSize(3));
        list("limit", "3", "cursor", first.extract().path("next")).body("items.sku", contains("COIN"));
        for (var asked : List.of(
                new String[] {"sku", "CARD", "serialNumber", "A"},
                new String[] {"reservationId", UUID.randomUUID().toString(), "status", "PACKED"})) {
            ask(asked).then().statusCode(422);
        }
        ask("status", "SOLD").then().statusCode(400).body("errors.parameter", contains("status"));
    }

    private ValidatableResponse list(String... query) {
        return ask(query).then().statusCode(200);
    }

    private Response ask(String... query) {
        var request = shop.as("readonly");
        for (int i = 0; i < query.length; i += 2) {
            request.queryParam(query[i], query[i + 1]);
        }
        return request.get("/v1/units");
    }

    @Test
    void aUnitIsDescribedAnew_butNotWithAnotherUnitsSerialNumber() {
        var card = shop.tracked("CARD");
        var ids = shop.units(card, "A", "B");

        describe(ids.getFirst(), 1, "C")
                .then()
                .statusCode(200)
                .body("serialNumber", equalTo("C"))
                .body("condition", equalTo("USED_FAIR"))
                .body("cost", nullValue())
                .body("version", equalTo(2));
        describe(ids.getFirst(), 2, "C").then().statusCode(200).body("version", equalTo(2));
        describe(ids.getFirst(), 2, "b")
                .then()
                .statusCode(409)
                .body("type", containsString("serial-number-taken"))
                .body("errors.pointer", contains("/serialNumber"));

        assertThat(shop.units(card, "A")).hasSize(1);
    }

    @Test
    void givenTheSameUnitIsReceivedByManyAtOnce_thenItIsMadeOnce() {
        var card = shop.tracked("CARD");

        var answers = all(
                12,
                i -> shop.unitReceipt(
                                new JsonArray().add(Shop.unit(card, "OWN-" + i)).add(Shop.unit(card, "SAME")))
                        .statusCode());

        assertThat(answers).containsOnlyOnce(201).containsOnly(201, 409);
        assertThat(shop.stock(card).getLong("onHand")).isEqualTo(2);
        Ledger.assertBalanced(shop.tenant());
    }

    @Test
    void givenManyWriteAUnitOffAtOnce_thenItIsGoneOnce() {
        var card = shop.tracked("CARD");
        var id = shop.units(card, "A", "B").getFirst();

        var answers = all(12, i -> status(shop, id, 1, i % 2 == 0 ? "CANCELLED" : "CONSIGNED"));

        assertThat(answers).extracting(Response::statusCode).containsOnly(200, 412);
        Ledger.assertBalanced(shop.tenant());
        assertThat(Ledger.query(
                        "select version from inventory.unit where tenant = ? and id = ?",
                        shop.tenant(),
                        UUID.fromString(id)))
                .containsExactly("2");
    }

    @Test
    void givenTheVariantsAreFilledAnewFromTheLog_thenWhatIsTrackedStaysTracked() {
        var card = shop.tracked("CARD");
        shop.units(card, "A");
        var path = "/v1/tracked-variants/" + card.id();
        try (var owner = Database.of("inventory", "owner")) {
            owner.update("delete from inventory.known_product where tenant = ?", shop.tenant());
            owner.update("delete from inventory.variant where tenant = ?", shop.tenant());
        }

        shop.as("admin").get(path).then().statusCode(200).body("sku", nullValue());
        list("serialNumber", "A").body("items.status", contains("AVAILABLE"));

        shop.tellProduct(card.productId(), 1, "PUBLISHED", card);
        shop.awaitKnown(card);

        shop.as("admin").get(path).then().statusCode(200).body("sku", equalTo("CARD"));
        shop.receipt(
                        UUID.randomUUID().toString(),
                        new JsonObject()
                                .put(
                                        "lines",
                                        new JsonArray()
                                                .add(new JsonObject()
                                                        .put("sku", "CARD")
                                                        .put("quantity", 1))))
                .then()
                .statusCode(422)
                .body("type", containsString("tracked-by-unit"));
        shop.units(card, "B");
        assertThat(shop.stock(card).getLong("onHand")).isEqualTo(2);
        Ledger.assertBalanced(shop.tenant());
    }

    @Test
    void nothingRefersToTheTablesThatTheLogFills_soTheyCanBeEmptied() {
        assertThat(Ledger.query("""
                        select conname
                          from pg_constraint
                         where contype = 'f'
                           and confrelid in ('inventory.variant'::regclass, 'inventory.known_product'::regclass)
                        """)).isEmpty();
    }

    /** Either the goods come first, and it is not tracked, or the goods are refused. */
    @Test
    void givenAVariantIsTrackedWhileGoodsArrive_thenTheyAreNeverCountedInTwoWays() {
        for (int round = 0; round < 5; round++) {
            var card = shop.article("CARD-" + round);

            all(
                    6,
                    i -> i == 0
                            ? shop.as("admin")
                                    .put("/v1/tracked-variants/" + card.id())
                                    .statusCode()
                            : shop.receipt(
                                            UUID.randomUUID().toString(),
                                            new JsonObject()
                                                    .put(
                                                            "lines",
                                                            new JsonArray()
                                                                    .add(new JsonObject()
                                                                            .put("sku", card.sku())
                                                                            .put("quantity", 1))))
                                    .statusCode());
        }

        assertThat(Ledger.query("""
                        select level.sku
                          from inventory.stock_level level
                          join inventory.variant_setting setting
                            on setting.tenant = level.tenant and setting.variant_id = level.variant_id
                         where level.tenant = ?
                           and (level.by_unit <> setting.by_unit or level.by_unit and level.on_hand > 0)
                        """, shop.tenant())).isEmpty();
        Ledger.assertBalanced(shop.tenant());
    }

    /** Whatever code says it: the database itself refuses. */
    @Test
    void theDatabaseRefusesALevelThatIsNotItsUnits() {
        var card = shop.tracked("CARD");
        shop.units(card, "A", "B");

        for (var damage : List.of(
                "update inventory.stock_level set on_hand = on_hand + 1 where tenant = ?",
                "update inventory.unit set status = 'CANCELLED' where tenant = ? and serial = 'A'",
                "update inventory.unit set status = 'NEED_SHIPPING' where tenant = ? and serial = 'A'",
                "update inventory.unit set consigned = true where tenant = ? and serial = 'A'",
                "update inventory.stock_level set by_unit = false where tenant = ?")) {
            assertThatThrownBy(() -> Ledger.update(damage, shop.tenant()))
                    .as(damage)
                    .hasMessageMatching("(?s).*(stock_level_counts_its_units|does not count|not what is on hand"
                            + "|unit_is_somebodys|unit_is_free_as_what_it_is|stock_level_counted_as_its_variant).*");
        }
        for (var role : new String[] {"app", "worker"}) {
            try (var connection = Database.of("inventory", role)) {
                assertThatThrownBy(() -> connection.query("delete from inventory.unit returning id"))
                        .hasMessageContaining("permission denied");
            }
        }
    }

    private void refused(String what, JsonObject body, String field) {
        shop.as("admin")
                .header("Idempotency-Key", UUID.randomUUID())
                .body(body.encode())
                .post("/v1/stock/" + what)
                .then()
                .statusCode(422)
                .body("type", containsString("tracked-by-unit"))
                .body("errors.pointer", contains(field));
    }

    private Response adjust(Article article, long quantity) {
        var line = new JsonObject().put("sku", article.sku()).put("quantity", quantity);
        return shop.as("admin")
                .header("Idempotency-Key", UUID.randomUUID())
                .body(new JsonObject()
                        .put("reason", "LOST")
                        .put("lines", new JsonArray().add(line))
                        .encode())
                .post("/v1/stock/adjustments");
    }

    static Response status(Shop shop, String id, long seen, String status) {
        var body = new JsonObject().put("status", status);
        if (status.equals("CANCELLED")) {
            body.put("reason", "DAMAGED");
        }
        return shop.as("admin")
                .header("If-Match", "\"" + seen + "\"")
                .body(body.encode())
                .post("/v1/units/" + id + "/status");
    }

    private Response describe(String id, long seen, String serialNumber) {
        return shop.as("admin")
                .header("If-Match", "\"" + seen + "\"")
                .body(new JsonObject()
                        .put("serialNumber", serialNumber)
                        .put("condition", "USED_FAIR")
                        .put("acquiredOn", "2026-01-31")
                        .encode())
                .put("/v1/units/" + id);
    }

    static <T> List<T> all(int runners, IntFunction<T> run) {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var running = IntStream.range(0, runners)
                    .mapToObj(i -> CompletableFuture.supplyAsync(() -> run.apply(i), threads))
                    .toList();
            return running.stream().map(CompletableFuture::join).toList();
        }
    }
}
