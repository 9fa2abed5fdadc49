package io.souk.inventory.unit;

import io.restassured.response.Response;
import io.souk.inventory.InventoryTest;
import io.souk.inventory.Ledger;
import io.souk.inventory.Shop;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.UUID;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;

/** Units that go to another location, and counts by serial numbers. */
@InventoryTest
class UnitMoveTest {
    private final Shop shop = new Shop();

    @Test
    void givenNamedUnits_whenTheyAreTransferred_thenTheyAreThere_andTheLedgerHasBothSides() {
        shop.location("side", 7);
        var card = shop.tracked("CARD");
        var coin = shop.tracked("COIN");
        var cards = shop.units(card, "A", "B", "C");
        var coins = shop.units(coin, "A");

        transfer("side", cards.get(0), coins.get(0), cards.get(2))
                .then()
                .statusCode(201)
                .body("units.location", contains("side", "side", "side"))
                .body("units.version", contains(2, 2, 2));

        shop.as("admin")
                .queryParam("sku", "CARD")
                .get("/v1/stock/movements")
                .then()
                .body("items.kind", containsInAnyOrder("RECEIPT", "TRANSFER_OUT", "TRANSFER_IN"))
                .body("items.quantity", containsInAnyOrder(3, -2, 2));
        assertThat(shop.stock(card).getLong("onHand")).isEqualTo(3);
        Ledger.assertBalanced(shop.tenant());
        transfer("main", cards.get(0)).then().statusCode(201);
        Ledger.assertBalanced(shop.tenant());
    }

    @Test
    void givenOneThatCannotGo_thenNoneGoes_andItIsNamed() {
        shop.location("side", 7);
        var card = shop.tracked("CARD");
        var ids = shop.units(card, "A", "B");
        UnitTest.status(shop, ids.get(1), 1, "CANCELLED").then().statusCode(200);

        transfer("side", ids.get(0), ids.get(1))
                .then()
                .statusCode(409)
                .body("type", containsString("unit-status"))
                .body("errors.pointer", contains("/unitIds/1"));
        transfer("main", ids.get(0)).then().statusCode(422).body("errors.pointer", contains("/unitIds/0"));
        transfer("side", ids.get(0), UUID.randomUUID().toString())
                .then()
                .statusCode(404)
                .body("errors.pointer", contains("/unitIds/1"));
        transfer("nowhere", ids.get(0)).then().statusCode(422).body("errors.pointer", contains("/to"));
        transfer("side", ids.get(0), ids.get(0)).then().statusCode(422).body("errors.pointer", contains("/unitIds/1"));
        transfer("side").then().statusCode(422).body("errors.pointer", contains("/unitIds"));
        reserve(1);
        transfer("side", ids.get(0)).then().statusCode(409).body("type", containsString("stock-promised"));

        shop.as("admin").get("/v1/units").then().body("items.location", contains("main", "main"));
        Ledger.assertBalanced(shop.tenant());
    }

    @Test
    void givenManyTransferTheSameUnits_thenTheyGoOnce_andNobodyWaitsInARing() {
        shop.location("side", 7);
        shop.location("back", 8);
        var card = shop.tracked("CARD");
        var ids = shop.units(card, "A", "B", "C", "D");
        transfer("side", ids.get(2), ids.get(3)).then().statusCode(201);

        var answers = UnitTest.all(
                12,
                i -> transfer(List.of("main", "side", "back").get(i % 3), ids.get(i % 4), ids.get((i + 1) % 4))
                        .statusCode());

        assertThat(answers).isSubsetOf(201, 409, 422);
        assertThat(shop.stock(card).getLong("onHand")).isEqualTo(4);
        Ledger.assertBalanced(shop.tenant());
    }

    @Test
    void givenACount_thenWhatIsMissingIsCancelled_andWhatShouldNotBeThereIsTold() {
        shop.location("side", 7);
        var card = shop.tracked("CARD");
        var ids = shop.units(card, "A", "B", "C");
        transfer("side", ids.get(2)).then().statusCode(201);

        count("main", "a", "c", "STRANGE")
                .then()
                .statusCode(201)
                .body("present", equalTo(1))
                .body("missing.serialNumber", contains("B"))
                .body("missing.status", contains("CANCELLED"))
                .body("found.serialNumber", contains("c", "STRANGE"))
                .body("found.location", contains("side", null))
                .body("found.status", contains("AVAILABLE", null));

        shop.as("admin")
                .queryParam("sku", "CARD")
                .queryParam("limit", 1)
                .get("/v1/stock/movements")
                .then()
                .body("items.kind", contains("COUNT"))
                .body("items.quantity", contains(-1));
        count("main", "A").then().statusCode(201).body("missing", empty()).body("found", empty());
        assertThat(shop.stock(card).getLong("onHand")).isEqualTo(2);
        Ledger.assertBalanced(shop.tenant());
    }

    @Test
    void whatIsMissingAndPromisedCannotBeBooked() {
        var card = shop.tracked("CARD");
        shop.units(card, "A", "B");
        var id = reserve(1);
        count("main").then().statusCode(409).body("type", containsString("stock-promised"));
        shop.as("service")
                .header("If-Match", "\"1\"")
                .post("/v1/reservations/" + id + "/confirm")
                .then()
                .statusCode(200);

        count("main", "B")
                .then()
                .statusCode(409)
                .body("type", containsString("stock-promised"))
                .body("errors.detail", contains(containsString("A")));
        count("main", "A").then().statusCode(201).body("missing.serialNumber", contains("B"));
        Ledger.assertBalanced(shop.tenant());
    }

    @Test
    void aCountThatBreaksARuleIsRefused() {
        shop.tracked("CARD");
        shop.article("PLAIN");

        count("nowhere", "A").then().statusCode(422).body("errors.pointer", contains("/location"));
        count("main", "A", "a").then().statusCode(422).body("errors.pointer", contains("/serialNumbers/1"));
        booking("counts", new JsonObject().put("sku", "PLAIN").put("serialNumbers", new JsonArray()))
                .then()
                .statusCode(422)
                .body("type", containsString("not-tracked-by-unit"))
                .body("errors.pointer", contains("/sku"));
        booking("counts", new JsonObject().put("sku", "CARD"))
                .then()
                .statusCode(422)
                .body("errors.pointer", contains("/serialNumbers"));
    }

    private Response transfer(String to, String... ids) {
        return booking("transfers", new JsonObject().put("to", to).put("unitIds", new JsonArray(List.of((Object[])
                        ids))));
    }

    private Response count(String location, String... serialNumbers) {
        return booking(
                "counts",
                new JsonObject()
                        .put("location", location)
                        .put("sku", "CARD")
                        .put("serialNumbers", new JsonArray(List.of((Object[]) serialNumbers))));
    }

    private Response booking(String what, JsonObject body) {
        return shop.as("admin")
                .header("Idempotency-Key", UUID.randomUUID())
                .body(body.encode())
                .post("/v1/units/" + what);
    }

    private String reserve(long quantity) {
        var line = new JsonObject().put("sku", "CARD").put("quantity", quantity);
        var made = shop.as("service")
                .header("Idempotency-Key", UUID.randomUUID())
                .body(new JsonObject().put("lines", new JsonArray().add(line)).encode())
                .post("/v1/reservations");
        made.then().statusCode(201);
        return made.jsonPath().getString("id");
    }
}
