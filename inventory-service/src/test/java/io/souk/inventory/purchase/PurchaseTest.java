package io.souk.inventory.purchase;

import io.restassured.response.Response;
import io.souk.inventory.InventoryTest;
import io.souk.inventory.Ledger;
import io.souk.inventory.Shop;
import io.souk.inventory.Shop.Article;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

/** Orders with suppliers, what comes of them, and what that says of a supplier. */
@InventoryTest
class PurchaseTest {
    private static final String CASE = "10614141000415";

    private final Shop shop = new Shop();
    private final Article milk = shop.article("MILK");
    private final Article oats = shop.article("OATS");
    private String supplier = "";

    @BeforeEach
    void ofASupplier() {
        supplier = supplier("nordmilch");
    }

    @Test
    void whatComesOfAnOrderIsAPurchase_atTheOrdersCostUnlessTheReceiptSaysOtherwise() {
        var order = order("PO-1", ago(10), ago(5), line(milk, 24, 100), line(oats, 10, 250));

        var receipt = receive("key", of(order), units(milk, 12), units(oats, 10).put("unitCost", money(260)));
        receipt.then().statusCode(201).body("lines.onHand", contains(12, 10));
        receive("key", of(order), units(milk, 12), units(oats, 10).put("unitCost", money(260)))
                .then()
                .statusCode(201)
                .header("Idempotent-Replayed", "true");

        shop.as("admin")
                .get("/v1/purchase-orders/" + order)
                .then()
                .statusCode(200)
                .header("ETag", "\"2\"")
                .body("lines.sku", contains("MILK", "OATS"))
                .body("lines.quantity", contains(24, 10))
                .body("lines.received", contains(12, 10))
                .body("status", equalTo("OPEN"));
        purchases()
                .then()
                .statusCode(200)
                .body("items.sku", contains("OATS", "MILK"))
                .body("items.line", contains(1, 0))
                .body("items.quantity", contains(10, 12))
                .body("items.unitCost.amount", contains(260, 100))
                .body("items.orderId", contains(order, order))
                .body("items[0].receiptId", equalTo(receipt.path("id")))
                .body("items[0].orderedOn", equalTo(ago(10)))
                .body("items[0].expectedOn", equalTo(ago(5)))
                .body("items[0].receivedOn", equalTo(ago(0)));
        Ledger.assertBalanced(shop.tenant());
    }

    @Test
    void anOrderAndItsReceiptMaySayPacks() {
        shop.pack(CASE, milk, 12);
        var order = order(
                "PO-1",
                ago(3),
                ago(1),
                new JsonObject().put("gtin", CASE).put("packs", 4).put("unitCost", money(100)));

        receive("key", of(order), new JsonObject().put("gtin", CASE).put("packs", 3))
                .then()
                .statusCode(201)
                .body("lines.quantity", contains(36));

        shop.as("admin")
                .get("/v1/purchase-orders/" + order)
                .then()
                .body("lines.quantity", contains(48))
                .body("lines.received", contains(36));
    }

    @Test
    void goodsThatWereNotOrderedHereArePurchasesToo_andWhatNobodySoldIsNone() {
        receive(new JsonObject().put("supplierId", supplier).put("orderedOn", ago(4)), units(milk, 5))
                .then()
                .statusCode(201);
        receive(new JsonObject().put("supplierId", supplier), units(milk, 6).put("unitCost", money(7)))
                .then()
                .statusCode(201);
        shop.receive(milk, 100);

        purchases()
                .then()
                .body("items.quantity", contains(6, 5))
                .body("items.orderId", contains(nullValue(), nullValue()))
                .body("items.unitCost", contains(notNullValue(), nullValue()))
                .body("items.orderedOn", contains(nullValue(), equalTo(ago(4))));
    }

    @Test
    void howASupplierDoesFollowsFromWhatWasOrderedAndWhatCame() {
        var late = order("LATE", ago(20), ago(10), line(milk, 100, 100), line(oats, 50, 200));
        var early = order("EARLY", ago(4), ahead(3), line(milk, 10, 110));
        var closed = order("CLOSED", ago(2), ahead(9), line(oats, 50, 200));
        order("WAITING", ago(2), ahead(9), line(oats, 1_000, 200));
        receive(of(late), units(milk, 60)).then().statusCode(201);
        receive(of(late), units(oats, 70)).then().statusCode(201);
        receive(of(early), units(milk, 10)).then().statusCode(201);
        receive(
                        new JsonObject().put("supplierId", supplier),
                        units(milk, 60)
                                .put(
                                        "unitCost",
                                        new JsonObject().put("amount", 90).put("currency", "EUR")))
                .then()
                .statusCode(201);
        close(closed, 1).then().statusCode(200);

        performance()
                .then()
                .statusCode(200)
                .body("orders", equalTo(2))
                // Of 200 due units 60 + 50 came; the 20 oats too many fill nothing.
                .body("fillRate", equalTo(0.55f))
                .body("unitsReceived", equalTo(200))
                // 130 units after 20 days, 10 after 4.
                .body("leadTimeDays", equalTo(18.86f))
                .body("onTimeRate", equalTo(0.0714f))
                .body("costs.currency", contains("EUR", "USD"))
                .body("costs.units", contains(60, 140))
                .body("costs.totalAmount", contains(5_400, 60 * 100 + 70 * 200 + 10 * 110))
                .body("costs.averageUnitAmount", contains(90.0f, 150.7143f))
                .body("from", equalTo(ago(365)))
                .body("to", equalTo(ago(0)));
        shop.as("admin")
                .queryParam("from", ago(400))
                .queryParam("to", ago(15))
                .get("/v1/suppliers/" + supplier + "/performance")
                .then()
                .body("orders", equalTo(1))
                .body("unitsReceived", equalTo(0))
                .body("leadTimeDays", nullValue())
                .body("costs", empty());
    }

    @Test
    void ofASupplierThatIsNewNothingIsKnown() {
        performance()
                .then()
                .statusCode(200)
                .body("orders", equalTo(0))
                .body("fillRate", nullValue())
                .body("leadTimeDays", nullValue())
                .body("onTimeRate", nullValue())
                .body("unitsReceived", equalTo(0))
                .body("costs", empty());
        purchases().then().body("items", empty());
    }

    @Test
    void givenTheHighestCosts_thenTheirSumIsStillExact() {
        for (int i = 0; i < 3; i++) {
            receive(
                            new JsonObject().put("supplierId", supplier),
                            units(milk, 1_000_000_000).put("unitCost", money(9_007_199_254_740_991L)))
                    .then()
                    .statusCode(201);
        }

        assertThat(performance().asString()).contains("\"totalAmount\":27021597764222973000000000");
    }

    @Test
    void ofAClosedOrderNothingComes_andAReceiptThatIsRefusedLeavesNoPurchase() {
        var order = order("PO-1", ago(3), ago(1), line(milk, 10, 100));
        receive(
                        of(order),
                        units(milk, 1),
                        new JsonObject().put("sku", "unknown").put("quantity", 1))
                .then()
                .statusCode(422);
        close(order, 2).then().statusCode(412);
        close(order, 1).then().statusCode(200).body("status", equalTo("CLOSED")).body("version", equalTo(2));
        close(order, 2).then().statusCode(200).body("version", equalTo(2));

        receive(of(order), units(milk, 10))
                .then()
                .statusCode(409)
                .body("errors.pointer", contains("/purchase/orderId"));

        purchases().then().body("items", empty());
        assertThat(shop.stock(milk).getLong("onHand")).isZero();
    }

    @Test
    void givenReceiptsOfOneOrderRaceWithItsClosing_thenWhatWasBookedIsAllThatCame() {
        var order = order("PO-1", ago(3), ago(1), line(milk, 100, 100));

        List<Integer> answers;
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var receipts = IntStream.range(0, 16)
                    .mapToObj(_ -> CompletableFuture.supplyAsync(
                            () -> receive(of(order), units(milk, 1)).statusCode(), threads))
                    .toList();
            int closed;
            do {
                closed = close(order, version(order)).statusCode();
            } while (closed == 412);
            assertThat(closed).isEqualTo(200);
            answers = receipts.stream().map(CompletableFuture::join).toList();
        }

        assertThat(answers).isSubsetOf(201, 409);
        int booked = (int) answers.stream().filter(status -> status == 201).count();
        assertThat(shop.stock(milk).getLong("onHand")).isEqualTo(booked);
        shop.as("admin")
                .get("/v1/purchase-orders/" + order)
                .then()
                .body("lines.received", contains(booked))
                .body("version", equalTo(booked + 2));
        Ledger.assertBalanced(shop.tenant());
    }

    @Test
    void purchasesAndOrdersArePaged_andAnotherTenantsAreNotThere() {
        for (int i = 1; i <= 3; i++) {
            order("PO-" + i, ago(3), ago(1), line(milk, i, 100));
            receive(new JsonObject().put("supplierId", supplier), units(milk, i))
                    .then()
                    .statusCode(201);
        }
        var other = supplier("other");

        for (var path : List.of(
                "/v1/suppliers/" + supplier + "/purchases",
                "/v1/purchase-orders",
                "/v1/purchase-orders?supplierId=" + supplier)) {
            var first = shop.as("service").queryParam("limit", 2).get(path);
            first.then().body("items.size()", equalTo(2));
            shop.as("service")
                    .queryParam("limit", 2)
                    .queryParam("cursor", first.jsonPath().getString("next"))
                    .get(path)
                    .then()
                    .body("items.size()", equalTo(1))
                    .body("next", nullValue());
            shop.as("service").queryParam("cursor", "x").get(path).then().statusCode(400);
        }
        shop.as("admin")
                .queryParam("supplierId", other)
                .get("/v1/purchase-orders")
                .then()
                .body("items", empty());
        var stranger = new Shop();
        stranger.as("admin").get("/v1/purchase-orders").then().body("items", empty());
        var order = order("PO-4", ago(3), ago(1), line(milk, 1, 100));
        stranger.as("admin").get("/v1/purchase-orders/" + order).then().statusCode(404);
        stranger.as("admin")
                .header("If-Match", "\"1\"")
                .post("/v1/purchase-orders/" + order + "/close")
                .then()
                .statusCode(404);
    }

    @Test
    void whoIsArchivedIsBoughtOfNoMore_andAnothersOrderIsNotTaken() {
        var other = supplier("other");
        var order = order("PO-1", ago(3), ago(1), line(milk, 1, 100));
        receive(new JsonObject().put("supplierId", other).put("orderId", order), units(milk, 1))
                .then()
                .statusCode(422)
                .body("errors.pointer", contains("/purchase/orderId"));
        shop.as("admin")
                .header("If-Match", "\"1\"")
                .body("{\"code\": \"nordmilch\", \"name\": \"nordmilch\", \"status\": \"ARCHIVED\"}")
                .put("/v1/suppliers/" + supplier)
                .then()
                .statusCode(200);

        for (var refused : List.of(
                receive(of(order), units(milk, 1)),
                receive(new JsonObject().put("supplierId", UUID.randomUUID().toString()), units(milk, 1)))) {
            refused.then()
                    .statusCode(422)
                    .body("type", containsString("unknown-supplier"))
                    .body("errors.pointer", contains("/purchase/supplierId"));
        }
        place("PO-2", ago(3), ago(1), line(milk, 1, 100))
                .then()
                .statusCode(422)
                .body("errors.pointer", contains("/supplierId"));
        assertThat(shop.stock(milk).getLong("onHand")).isZero();
    }

    @Test
    void aNumberIsASuppliersOnce() {
        order("PO-1", ago(3), ago(1), line(milk, 1, 100));

        place("PO-1", ago(3), ago(1), line(milk, 1, 100))
                .then()
                .statusCode(409)
                .body("errors.pointer", contains("/number"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"supplierId\": null} | 422 | /supplierId",
                "{\"number\": \" \"} | 422 | /number",
                "{\"orderedOn\": null} | 422 | /orderedOn",
                "{\"expectedOn\": null} | 422 | /expectedOn",
                "{\"orderedOn\": \"2026-02-30\"} | 400 | /orderedOn",
                "{\"orderedOn\": \"2026-02-10\", \"expectedOn\": \"2026-02-09\"} | 422 | /expectedOn",
                "{\"orderedOn\": \"-5000-02-10\"} | 422 | /orderedOn",
                "{\"lines\": []} | 422 | /lines",
                "{\"lines\": [null]} | 422 | /lines/0",
                "{\"lines\": [{\"sku\": \"MILK\", \"quantity\": 1}]} | 422 | /lines/0/unitCost",
                "{\"lines\": [{\"sku\": \"MILK\", \"quantity\": 0, \"unitCost\": {\"amount\": 1, \"currency\": \"USD\"}}]} | 422 | /lines/0/quantity",
                "{\"lines\": [{\"sku\": \"nope\", \"quantity\": 1, \"unitCost\": {\"amount\": 1, \"currency\": \"USD\"}}]} | 422 | /lines/0/sku",
                "{\"lines\": [{\"gtin\": \"96385074\", \"packs\": 1, \"unitCost\": {\"amount\": 1, \"currency\": \"USD\"}}]} | 422 | /lines/0/gtin",
                "{\"lines\": [{\"sku\": \"MILK\", \"quantity\": 1, \"packs\": 1, \"unitCost\": {\"amount\": 1, \"currency\": \"USD\"}}]} | 400 | /lines/0/sku,/lines/0/quantity",
                "{\"lines\": [{\"sku\": \"MILK\", \"quantity\": 1, \"unitCost\": {\"amount\": -1, \"currency\": \"USD\"}}]} | 422 | /lines/0/unitCost",
                "{\"lines\": [{\"sku\": \"MILK\", \"quantity\": 1, \"unitCost\": {\"amount\": 1, \"currency\": \"XX\"}}]} | 422 | /lines/0/unitCost",
                "{\"lines\": [{\"sku\": \"MILK\", \"quantity\": 1, \"unitCost\": {\"amount\": 1, \"currency\": \"USD\"}}, {\"sku\": \"milk\", \"quantity\": 1, \"unitCost\": {\"amount\": 1, \"currency\": \"USD\"}}]} | 422 | /lines/1/sku",
            })
    void aBadOrderIsNamed(String change, int status, String pointers) {
        var body = new JsonObject()
                .put("supplierId", supplier)
                .put("number", "PO-1")
                .put("orderedOn", ago(3))
                .put("expectedOn", ahead(300_000))
                .put("lines", new JsonArray().add(line(milk, 1, 100)))
                .mergeIn(new JsonObject(change));

        var refused = shop.as("admin").body(body.encode()).post("/v1/purchase-orders");

        refused.then().statusCode(status);
        assertThat(refused.jsonPath().getList("errors.pointer", String.class)).containsExactly(pointers.split(",", -1));
        shop.as("admin").get("/v1/purchase-orders").then().body("items", empty());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{} | 422 | /purchase/supplierId",
                "{\"supplierId\": \"x\"} | 400 | /purchase/supplierId",
                "{\"supplierId\": \"S\", \"orderId\": \"01a1fef4-d008-7aaa-8001-000000000001\"} | 422 | /purchase/orderId",
                "{\"supplierId\": \"S\", \"orderId\": \"01a1fef4-d008-7aaa-8001-000000000001\", \"orderedOn\": \"2026-01-01\"} | 422 | /purchase/orderedOn",
                "{\"supplierId\": \"S\", \"orderedOn\": \"2026-01-02\", \"expectedOn\": \"2026-01-01\"} | 422 | /purchase/expectedOn",
                "{\"supplierId\": \"S\", \"number\": \"PO-1\"} | 400 | /purchase/number",
            })
    void aBadPurchaseIsNamed(String purchase, int status, String pointer) {
        receive(new JsonObject(purchase.replace("\"S\"", '"' + supplier + '"')), units(milk, 1))
                .then()
                .statusCode(status)
                .body("errors.pointer", contains(pointer));
        assertThat(shop.stock(milk).getLong("onHand")).isZero();
    }

    @Test
    void aCostWithoutASupplierIsNobodys() {
        receipt(UUID.randomUUID().toString(), null, units(milk, 1).put("unitCost", money(1)))
                .then()
                .statusCode(422)
                .body("errors.pointer", contains("/lines/0/unitCost"));
    }

    @ParameterizedTest
    @CsvSource({"from, x, 400", "to, 2026-02-30, 400", "from, +99999-01-01, 422", "from, 2999-01-01, 200"})
    void daysAreRead(String parameter, String day, int status) {
        shop.as("admin")
                .queryParam(parameter, day)
                .get("/v1/suppliers/" + supplier + "/performance")
                .then()
                .statusCode(status);
        shop.as("admin")
                .queryParam("from", "2026-01-02")
                .queryParam("to", "2026-01-01")
                .get("/v1/suppliers/" + supplier + "/performance")
                .then()
                .statusCode(422)
                .body("errors.parameter", contains("to"));
    }

    @Test
    void purchasesCannotBeRewritten() {
        receive(new JsonObject().put("supplierId", supplier), units(milk, 1))
                .then()
                .statusCode(201);

        assertThatThrownBy(() ->
                        Ledger.update("update inventory.purchase set quantity = 2 where tenant = ?", shop.tenant()))
                .hasMessageContaining("permission denied");
    }

    @ParameterizedTest
    @CsvSource({
        "admin, 201, 200",
        "merchant, 403, 403",
        "service, 201, 200",
        "readonly, 403, 403",
        "customer, 403, 403",
        "operator, 403, 403"
    })
    void rolesDecide(String role, int write, int read) {
        var order = order("PO-1", ago(3), ago(1), line(milk, 1, 100));

        shop.as(role)
                .body(orderBody("PO-2", ago(3), ago(1), line(milk, 1, 100)).encode())
                .post("/v1/purchase-orders")
                .then()
                .statusCode(write);
        shop.as(role).get("/v1/purchase-orders").then().statusCode(read);
        shop.as(role).get("/v1/purchase-orders/" + order).then().statusCode(read);
        shop.as(role)
                .header("If-Match", "\"1\"")
                .post("/v1/purchase-orders/" + order + "/close")
                .then()
                .statusCode(read);
    }

    private String supplier(String code) {
        var made = shop.as("admin")
                .body("{\"code\": \"%1$s\", \"name\": \"%1$s\"}".formatted(code))
                .post("/v1/suppliers");
        made.then().statusCode(201);
        return made.jsonPath().getString("id");
    }

    private String order(String number, String orderedOn, String expectedOn, JsonObject... lines) {
        var placed = place(number, orderedOn, expectedOn, lines);
        placed.then().statusCode(201).header("ETag", "\"1\"");
        return placed.jsonPath().getString("id");
    }

    private Response place(String number, String orderedOn, String expectedOn, JsonObject... lines) {
        return shop.as("admin")
                .body(orderBody(number, orderedOn, expectedOn, lines).encode())
                .post("/v1/purchase-orders");
    }

    private JsonObject orderBody(String number, String orderedOn, String expectedOn, JsonObject... lines) {
        return new JsonObject()
                .put("supplierId", supplier)
                .put("number", number)
                .put("orderedOn", orderedOn)
                .put("expectedOn", expectedOn)
                .put("lines", new JsonArray(List.of(lines)));
    }

    private Response close(String order, long seen) {
        return shop.as("admin").header("If-Match", "\"" + seen + "\"").post("/v1/purchase-orders/" + order + "/close");
    }

    private long version(String order) {
        return shop.as("admin").get("/v1/purchase-orders/" + order).jsonPath().getLong("version");
    }

    private Response receive(JsonObject purchase, JsonObject... lines) {
        return receipt(UUID.randomUUID().toString(), purchase, lines);
    }

    private Response receive(String key, JsonObject purchase, JsonObject... lines) {
        return receipt(key, purchase, lines);
    }

    private Response receipt(String key, @Nullable JsonObject purchase, JsonObject... lines) {
        return shop.receipt(
                key,
                new JsonObject().put("lines", new JsonArray(List.of(lines))).put("purchase", purchase));
    }

    private Response purchases() {
        return shop.as("admin").get("/v1/suppliers/" + supplier + "/purchases");
    }

    private Response performance() {
        return shop.as("admin").get("/v1/suppliers/" + supplier + "/performance");
    }

    private JsonObject of(String order) {
        return new JsonObject().put("supplierId", supplier).put("orderId", order);
    }

    private static JsonObject line(Article article, long quantity, long cost) {
        return units(article, quantity).put("unitCost", money(cost));
    }

    private static JsonObject units(Article article, long quantity) {
        return new JsonObject().put("sku", article.sku()).put("quantity", quantity);
    }

    private static JsonObject money(long amount) {
        return new JsonObject().put("amount", amount).put("currency", "USD");
    }

    private static String ago(int days) {
        return LocalDate.now(ZoneOffset.UTC).minusDays(days).toString();
    }

    private static String ahead(int days) {
        return LocalDate.now(ZoneOffset.UTC).plusDays(days).toString();
    }
}
