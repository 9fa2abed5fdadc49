package io.souk.inventory.unit;

import io.restassured.response.Response;
import io.souk.inventory.InventoryTest;
import io.souk.inventory.Ledger;
import io.souk.inventory.Shop;
import io.souk.inventory.Shop.Article;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.UUID;

import static io.souk.inventory.unit.UnitTest.all;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;

/** Units that are bought of a supplier, by a receipt or as they arrive. */
@InventoryTest
class UnitPurchaseTest {
    private final Shop shop = new Shop();
    private final Article card = shop.article("CARD");
    private final Article coin = shop.article("COIN");
    private String supplier = "";

    @BeforeEach
    void ofASupplier() {
        for (var article : List.of(card, coin)) {
            shop.as("admin").put("/v1/tracked-variants/" + article.id()).then().statusCode(200);
        }
        var made = shop.as("admin")
                .body("{\"code\": \"grader\", \"name\": \"Grader\"}")
                .post("/v1/suppliers");
        made.then().statusCode(201);
        supplier = made.jsonPath().getString("id");
    }

    @Test
    void unitsThatComeOfAnOrderArePurchases_andCostWhatItSaysUnlessTheySayOtherwise() {
        var order = order("PO-1");
        var units = List.of(unpriced(card, "A"), Shop.unit(card, "B"), unpriced(card, "C"), unpriced(coin, "D"));

        var receipt = receive("key", of(order), units);
        receipt.then()
                .statusCode(201)
                .body("units.serialNumber", contains("A", "B", "C", "D"))
                .body("units.cost.amount", contains(18_000, 100, 18_000))
                .body("units[3].cost", nullValue());
        receive("key", of(order), units).then().statusCode(201).header("Idempotent-Replayed", "true");

        shop.as("admin")
                .queryParam("sku", "CARD")
                .get("/v1/stock/movements")
                .then()
                .body("items.kind", contains("RECEIPT", "RECEIPT"))
                .body("items.line", contains(1, 0))
                .body("items.quantity", contains(1, 2));
        purchases()
                .then()
                .body("items.sku", contains("COIN", "CARD", "CARD"))
                .body("items.line", contains(3, 1, 0))
                .body("items.quantity", contains(1, 1, 2))
                .body("items.unitCost.amount", contains(100, 18_000))
                .body("items[0].unitCost", nullValue())
                .body("items.orderId", contains(order, order, order))
                .body("items[0].receiptId", equalTo(receipt.path("id")))
                .body("items[0].orderedOn", equalTo("2026-11-01"));
        shop.as("admin")
                .get("/v1/purchase-orders/" + order)
                .then()
                .body("lines.received", contains(3))
                .body("version", equalTo(2));
        shop.as("admin")
                .get("/v1/suppliers/" + supplier + "/performance")
                .then()
                .body("unitsReceived", equalTo(4))
                .body("costs.totalAmount", contains(2 * 18_000 + 100));
        assertBooksAgree();
    }

    @Test
    void unitsThatWereNotOrderedHereArePurchasesToo_andWhatNobodySoldIsNone() {
        receive(of(), List.of(Shop.unit(card, "A"))).then().statusCode(201);
        shop.units(card, "B");

        purchases()
                .then()
                .body("items.quantity", contains(1))
                .body("items.unitCost.amount", contains(100))
                .body("items.orderId", contains(nullValue()));
        assertBooksAgree();
    }

    @Test
    void givenTheReceiptIsRefused_thenThereIsNeitherAUnitNorAPurchase() {
        shop.units(card, "TAKEN");
        var order = order("PO-1");

        receive(of(order), List.of(Shop.unit(card, "A"), Shop.unit(card, "taken")))
                .then()
                .statusCode(409)
                .body("type", containsString("serial-number-taken"));
        receive(
                        of(order),
                        List.of(
                                Shop.unit(card, "A").put("status", "INCOMING"),
                                Shop.unit(card, "B").put("status", "CONSIGNED")))
                .then()
                .statusCode(422)
                .body("errors.pointer", contains("/units/0/status", "/units/1/status"));
        receive(new JsonObject(), List.of(Shop.unit(card, "A")))
                .then()
                .statusCode(422)
                .body("errors.pointer", contains("/purchase/supplierId"));
        receive(new JsonObject().put("supplierId", UUID.randomUUID().toString()), List.of(Shop.unit(card, "A")))
                .then()
                .statusCode(422)
                .body("type", containsString("unknown-supplier"))
                .body("errors.pointer", contains("/purchase/supplierId"));
        close(order, 1);
        receive(of(order), List.of(Shop.unit(card, "A")))
                .then()
                .statusCode(409)
                .body("errors.pointer", contains("/purchase/orderId"));

        purchases().then().body("items", empty());
        shop.as("admin").get("/v1/units").then().body("items", hasSize(1));
        assertBooksAgree();
    }

    @Test
    void aUnitThatWasWaitedForIsBoughtAsItArrives_andOnce() {
        var order = order("PO-1");
        shop.unitReceipt(new JsonArray().add(unpriced(card, "A").put("status", "INCOMING")))
                .then()
                .statusCode(201);
        var id = shop.as("admin").get("/v1/units").jsonPath().getString("items[0].id");

        arrives(id, 1, "CONSIGNED", of(order)).then().statusCode(422).body("errors.pointer", contains("/purchase"));
        for (int i = 0; i < 2; i++) {
            arrives(id, 1, "AVAILABLE", of(order))
                    .then()
                    .statusCode(200)
                    .body("version", equalTo(2))
                    .body("cost.amount", equalTo(18_000));
        }

        purchases().then().body("items.quantity", contains(1)).body("items.unitCost.amount", contains(18_000));
        UnitTest.status(shop, id, 2, "CANCELLED").then().statusCode(200);
        arrives(id, 3, "AVAILABLE", of(order)).then().statusCode(422).body("errors.pointer", contains("/purchase"));
        purchases().then().body("items", hasSize(1));
        assertBooksAgree();
    }

    @Test
    void aPurchaseOfAUnitThatIsHereAlreadyIsRefused_butNotWhenItIsTheRepeatOfItsArrival() {
        var order = order("PO-1");
        var other = order("PO-2");
        shop.unitReceipt(new JsonArray().add(unpriced(card, "A").put("status", "INCOMING")))
                .then()
                .statusCode(201);
        var id = shop.as("admin").get("/v1/units").jsonPath().getString("items[0].id");
        arrives(id, 1, "AVAILABLE", of(order)).then().statusCode(200).body("version", equalTo(2));
        close(order, 2);

        arrives(id, 1, "AVAILABLE", of(order)).then().statusCode(200).body("version", equalTo(2));
        arrives(id, 1, "AVAILABLE", of(other)).then().statusCode(412);
        arrives(id, 1, "AVAILABLE", of()).then().statusCode(412);
        for (var purchase : List.of(of(order), of(other), of())) {
            arrives(id, 2, "AVAILABLE", purchase).then().statusCode(422).body("errors.pointer", contains("/purchase"));
        }

        var donated = shop.units(card, "B").getFirst();
        arrives(donated, 1, "AVAILABLE", of()).then().statusCode(422).body("errors.pointer", contains("/purchase"));
        purchases().then().body("items", hasSize(1));
        assertBooksAgree();
    }

    private void close(String order, long version) {
        shop.as("admin")
                .header("If-Match", "\"" + version + "\"")
                .post("/v1/purchase-orders/" + order + "/close")
                .then()
                .statusCode(200);
    }

    @Test
    void givenTheSameUnitIsBoughtByManyAtOnce_thenItIsBoughtOnce() {
        var order = order("PO-1");

        var answers = all(
                8,
                i -> receive(of(order), List.of(Shop.unit(card, "OWN-" + i), Shop.unit(card, "SAME")))
                        .statusCode());

        assertThat(answers).containsOnlyOnce(201).containsOnly(201, 409);
        purchases().then().body("items.quantity", contains(2));
        shop.as("admin")
                .get("/v1/purchase-orders/" + order)
                .then()
                .body("lines.received", contains(2))
                .body("version", equalTo(2));
        assertBooksAgree();
    }

    private void assertBooksAgree() {
        Ledger.assertBalanced(shop.tenant());
        String cursor = null;
        do {
            var request = shop.as("admin");
            if (cursor != null) {
                request.queryParam("cursor", cursor);
            }
            var answer = request.post("/v1/stock/verifications");
            answer.then().statusCode(200).body("findings", empty());
            cursor = answer.jsonPath().getString("next");
        } while (cursor != null);
    }

    /** Three cards at 18000, and no coins. */
    private String order(String number) {
        var line = new JsonObject()
                .put("sku", card.sku())
                .put("quantity", 3)
                .put("unitCost", new JsonObject().put("amount", 18_000).put("currency", "USD"));
        var placed = shop.as("admin")
                .body(new JsonObject()
                        .put("supplierId", supplier)
                        .put("number", number)
                        .put("orderedOn", "2026-11-01")
                        .put("expectedOn", "2026-11-20")
                        .put("lines", new JsonArray().add(line))
                        .encode())
                .post("/v1/purchase-orders");
        placed.then().statusCode(201);
        return placed.jsonPath().getString("id");
    }

    private static JsonObject unpriced(Article article, String serialNumber) {
        return Shop.unit(article, serialNumber).putNull("cost");
    }

    private JsonObject of() {
        return new JsonObject().put("supplierId", supplier);
    }

    private JsonObject of(String order) {
        return of().put("orderId", order);
    }

    private Response receive(JsonObject purchase, List<JsonObject> units) {
        return receive(UUID.randomUUID().toString(), purchase, units);
    }

    private Response receive(String key, JsonObject purchase, List<JsonObject> units) {
        return shop.as("admin")
                .header("Idempotency-Key", key)
                .body(new JsonObject()
                        .put("units", new JsonArray(units))
                        .put("purchase", purchase)
                        .encode())
                .post("/v1/units/receipts");
    }

    private Response arrives(String id, long seen, String status, JsonObject purchase) {
        return shop.as("admin")
                .header("If-Match", "\"" + seen + "\"")
                .body(new JsonObject()
                        .put("status", status)
                        .put("purchase", purchase)
                        .encode())
                .post("/v1/units/" + id + "/status");
    }

    private Response purchases() {
        return shop.as("admin").get("/v1/suppliers/" + supplier + "/purchases");
    }
}
