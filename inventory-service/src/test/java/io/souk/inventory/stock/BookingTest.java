package io.souk.inventory.stock;

import io.restassured.response.Response;
import io.souk.inventory.InventoryTest;
import io.souk.inventory.Ledger;
import io.souk.inventory.Shop;
import io.souk.inventory.Shop.Article;
import io.souk.inventory.Told;
import io.souk.inventory.Topics;
import io.souk.testing.Database;
import io.souk.testing.Tokens;
import io.vertx.core.json.JsonArray;
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
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

/** Adjustments, transfers and counts, and the ledger that they leave. */
@InventoryTest
class BookingTest {
    private final Shop shop = new Shop();

    @Test
    void anAdjustmentMovesStockBothWays_withItsReason() {
        var shirt = shop.stocked("shirt", 5);
        var shoe = shop.stocked("shoe", 2);

        book(
                        "adjustments",
                        adjustment("DAMAGED", line(shirt, -2), line(shoe, 3)).put("reference", "ticket 815"))
                .then()
                .statusCode(201)
                .body("lines.kind", contains("ADJUSTMENT", "ADJUSTMENT"))
                .body("lines.onHand", contains(3, 5));

        Shop.with(Tokens.of(shop.tenant(), "readonly"))
                .queryParam("sku", "shirt")
                .get("/v1/stock/movements")
                .then()
                .statusCode(200)
                .body("items.quantity", contains(-2, 5))
                .body("items.kind", contains("ADJUSTMENT", "RECEIPT"))
                .body("items.reason", contains(equalTo("DAMAGED"), nullValue()))
                .body("items[0].reference", equalTo("ticket 815"))
                .body("items[0].bookedBy", equalTo("admin@" + shop.tenant()))
                .body("items[0].location", equalTo("main"))
                .body("items[0].bookedAt", notNullValue());
        eventually(() -> assertThat(Told.states(Topics.STOCK, shop.tenant()).stream()
                        .filter(state -> state.getString("sku").equals("shirt"))
                        .map(state -> state.getLong("onHand")))
                .containsExactly(5L, 3L));
        Told.assertNamed(Topics.STOCK, shop.tenant());
        Ledger.assertBalanced(shop.tenant());
    }

    @Test
    void whatIsReservedStays() {
        shop.location("far", 9);
        var shirt = shop.stocked("shirt", 5);
        var shoe = shop.stocked("shoe", 9);
        reserve(shirt, 3);

        for (var refused : List.of(
                book("adjustments", adjustment("LOST", line(shoe, -1), line(shirt, -3))),
                book("transfers", transfer("main", "far", line(shoe, 1), line(shirt, 3))))) {
            refused.then()
                    .statusCode(409)
                    .body("type", containsString("stock-promised"))
                    .body("errors.pointer", contains("/lines/1/quantity"));
        }
        book("counts", count("main", counted(shoe, 8), counted(shirt, 2)))
                .then()
                .statusCode(409)
                .body("errors.pointer", contains("/lines/1/counted"));

        assertThat(shop.stock(shirt).getLong("onHand")).isEqualTo(5);
        assertThat(shop.stock(shoe).getLong("onHand")).isEqualTo(9);
        book("adjustments", adjustment("LOST", line(shirt, -2))).then().statusCode(201);
        assertThat(shop.stock(shirt).getLong("available")).isZero();
        Ledger.assertBalanced(shop.tenant());
    }

    @Test
    void aTransferLeavesAndArrivesAtTheSameMoment() {
        shop.location("far", 9);
        var shirt = shop.stocked("shirt", 5);

        book("transfers", transfer("main", "far", line(shirt, 2)))
                .then()
                .statusCode(201)
                .body("lines.kind", contains("TRANSFER_OUT", "TRANSFER_IN"))
                .body("lines.location", contains("main", "far"))
                .body("lines.quantity", contains(-2, 2))
                .body("lines.onHand", contains(3, 2));

        assertThat(shop.stock(shirt).getLong("onHand")).isEqualTo(5);
        shop.as("admin").get("/v1/stock/movements").then().body("items", hasSize(3));
        assertThat(Ledger.query(
                        "select distinct cause_id from inventory.stock_movement where tenant = ? and kind like 'TRANSFER%'",
                        shop.tenant()))
                .hasSize(1);
        assertThat(Ledger.query("""
                        select xmin::text from inventory.stock_movement where tenant = ? and kind like 'TRANSFER%'
                        union
                        select xmin::text from inventory.stock_level where tenant = ?
                        """, shop.tenant(), shop.tenant()))
                .as("transactions that wrote its movements and levels")
                .hasSize(1);
        Ledger.assertBalanced(shop.tenant());
    }

    @Test
    void givenTheArrivalFails_thenNothingHasLeft_andTheSameKeyMovesItLater() {
        shop.location("far", 9);
        var shirt = shop.stocked("shirt", 5);
        var transfer = transfer("main", "far", line(shirt, 2));

        try (var owner = Database.of("inventory", "owner")) {
            try {
                failArrivals(owner);
                book("transfers", "key", transfer).then().statusCode(503);
            } finally {
                owner.update("drop function if exists inventory.trap cascade");
            }
        }

        assertThat(Ledger.query(
                        "select kind || quantity from inventory.stock_movement where tenant = ?", shop.tenant()))
                .containsExactly("RECEIPT5");
        assertThat(Ledger.query("select on_hand from inventory.stock_level where tenant = ?", shop.tenant()))
                .containsExactly("5");
        book("transfers", "key", transfer).then().statusCode(201).body("lines.onHand", contains(3, 2));
        eventually(() -> assertThat(Told.states(Topics.STOCK, shop.tenant()))
                .extracting(state -> state.getLong("onHand"))
                .containsExactlyInAnyOrder(5L, 3L, 2L));
        Ledger.assertBalanced(shop.tenant());
    }

    /** As a server that is shut down between the two halves does. */
    private void failArrivals(Database owner) {
        owner.update("""
                create function inventory.trap() returns trigger language plpgsql as $$
                begin
                    raise exception 'terminating connection due to administrator command' using errcode = '57P01';
                end $$
                """);
        owner.update("""
                create trigger trap before insert on inventory.stock_movement
                   for each row when (new.tenant = '%s' and new.kind = 'TRANSFER_IN') execute function inventory.trap()
                """.formatted(shop.tenant()));
    }

    @Test
    void givenTransfersToAndFroRace_thenNoUnitIsLostAndNoneDeadlocks() {
        shop.location("far", 9);
        var shirt = shop.stocked("shirt", 100);
        var shoe = shop.stocked("shoe", 100);
        book("transfers", transfer("main", "far", line(shirt, 50), line(shoe, 50)))
                .then()
                .statusCode(201);

        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var answers = IntStream.range(0, 30)
                    .mapToObj(i -> CompletableFuture.supplyAsync(
                            () -> i % 2 == 0
                                    ? book("transfers", transfer("main", "far", line(shirt, 1), line(shoe, 1)))
                                    : book("transfers", transfer("far", "main", line(shoe, 1), line(shirt, 1))),
                            threads))
                    .toList()
                    .stream()
                    .map(CompletableFuture::join)
                    .toList();
            assertThat(answers).extracting(Response::statusCode).containsOnly(201);
        }

        assertThat(shop.stock(shirt).getLong("onHand")).isEqualTo(100);
        Ledger.assertBalanced(shop.tenant());
    }

    @Test
    void aCountBooksTheDifference_andNothingWhereThereIsNone() {
        var shirt = shop.stocked("shirt", 5);
        var shoe = shop.stocked("shoe", 2);
        var sock = shop.article("sock");
        shop.settleProduct(sock.productId());

        book("counts", count("main", counted(shirt, 4), counted(shoe, 2), counted(sock, 7)))
                .then()
                .statusCode(201)
                .body("lines.line", contains(0, 2))
                .body("lines.quantity", contains(-1, 7))
                .body("lines.onHand", contains(4, 7));

        assertThat(Ledger.query(
                        "select quantity from inventory.stock_movement where tenant = ? and kind = 'COUNT'",
                        shop.tenant()))
                .containsExactlyInAnyOrder("-1", "7");
        book("counts", count("main", counted(shirt, 4))).then().statusCode(201).body("lines", empty());
        book("counts", count("main", counted(shirt, 4), counted(shirt, 5)))
                .then()
                .statusCode(422)
                .body("errors.pointer", contains("/lines/1"));
        Ledger.assertBalanced(shop.tenant());
    }

    @ParameterizedTest
    @ValueSource(strings = {"adjustments", "transfers", "counts"})
    void theSameKeyIsBookedOnce(String what) {
        shop.location("far", 9);
        var shirt = shop.stocked("shirt", 5);
        var body =
                switch (what) {
                    case "adjustments" -> adjustment("FOUND", line(shirt, 1));
                    case "transfers" -> transfer("main", "far", line(shirt, 1));
                    default -> count("main", counted(shirt, 6));
                };

        var first = book(what, "key", body);
        var again = book(what, "key", body);

        first.then().statusCode(201);
        again.then().statusCode(201).header("Idempotent-Replayed", "true").body("id", equalTo(first.path("id")));
        book(what, "key", body.put("reference", "other")).then().statusCode(422);
        shop.as("admin").body(body.encode()).post("/v1/stock/" + what).then().statusCode(400);
        Ledger.assertBalanced(shop.tenant());
    }

    @Test
    void theLedgerIsReadPageByPage_byItsTenantAlone() {
        var shirt = shop.stocked("shirt", 5);
        for (int i = 1; i < 5; i++) {
            book("adjustments", adjustment("FOUND", line(shirt, i))).then().statusCode(201);
        }

        var first = shop.as("service").queryParam("limit", 3).get("/v1/stock/movements");
        first.then().body("items.quantity", contains(4, 3, 2));
        shop.as("service")
                .queryParam("cursor", first.jsonPath().getString("next"))
                .get("/v1/stock/movements")
                .then()
                .body("items.quantity", contains(1, 5))
                .body("next", nullValue());
        shop.as("service")
                .queryParam("sku", "unknown")
                .get("/v1/stock/movements")
                .then()
                .body("items", empty());
        shop.as("service")
                .queryParam("sku", ",")
                .get("/v1/stock/movements")
                .then()
                .statusCode(422);
        shop.as("service")
                .queryParam("cursor", "x")
                .get("/v1/stock/movements")
                .then()
                .statusCode(400);
        shop.as("customer").get("/v1/stock/movements").then().statusCode(403);
        new Shop().as("admin").get("/v1/stock/movements").then().body("items", empty());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "adjustments | {\"lines\": [{\"sku\": \"S\", \"quantity\": 1}]} | 422 | /reason",
                "adjustments | {\"reason\": \"BORED\", \"lines\": [{\"sku\": \"S\", \"quantity\": 1}]} | 400 | /reason",
                "adjustments | {\"reason\": \"FOUND\", \"lines\": [{\"sku\": \"S\", \"quantity\": 0}]} | 422 | /lines/0/quantity",
                "adjustments | {\"reason\": \"FOUND\", \"lines\": [{\"sku\": \"unknown\", \"quantity\": 1}]} | 422 | /lines/0/sku",
                "adjustments | {\"reason\": \"FOUND\", \"lines\": []} | 422 | /lines",
                "adjustments | {\"reason\": \"FOUND\", \"reference\": \" \", \"lines\": [{\"sku\": \"S\", \"quantity\": 1}]} | 422 | /reference",
                "transfers | {\"to\": \"main\", \"lines\": [{\"sku\": \"S\", \"quantity\": 1}]} | 422 | /from",
                "transfers | {\"from\": \"main\", \"lines\": [{\"sku\": \"S\", \"quantity\": 1}]} | 422 | /to",
                "transfers | {\"from\": \"main\", \"to\": \"main\", \"lines\": [{\"sku\": \"S\", \"quantity\": 1}]} | 422 | /to",
                "transfers | {\"from\": \"main\", \"to\": \"nowhere\", \"lines\": [{\"sku\": \"S\", \"quantity\": 1}]} | 422 | /to",
                "transfers | {\"from\": \"main\", \"to\": \"x\", \"lines\": [{\"sku\": \"S\", \"quantity\": -1}]} | 422 | /lines/0/quantity",
                "counts | {\"lines\": [{\"sku\": \"S\", \"counted\": -1}]} | 422 | /lines/0/counted",
                "counts | {\"lines\": [{\"sku\": \"S\"}]} | 422 | /lines/0/counted",
                "counts | {\"location\": \"nowhere\", \"lines\": [{\"sku\": \"S\", \"counted\": 1}]} | 422 | /location",
                "counts | {\"lines\": [{\"sku\": \"S\", \"counted\": 1, \"location\": \"main\"}]} | 400 | /lines/0/location",
            })
    void badInputIsNamedAndChangesNothing(String what, String body, int status, String pointer) {
        var shirt = shop.stocked("S", 1);

        shop.as("admin")
                .header("Idempotency-Key", UUID.randomUUID())
                .body(body)
                .post("/v1/stock/" + what)
                .then()
                .statusCode(status)
                .body("errors.pointer", contains(pointer));
        assertThat(shop.stock(shirt).getLong("onHand")).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({"admin, 201", "merchant, 403", "service, 201", "readonly, 403", "customer, 403", "operator, 403"})
    void rolesDecide(String role, int status) {
        shop.location("far", 9);
        var shirt = shop.stocked("S", 5);

        bookAs(role, "adjustments", adjustment("FOUND", line(shirt, 1))).then().statusCode(status);
        bookAs(role, "transfers", transfer("main", "far", line(shirt, 1)))
                .then()
                .statusCode(status);
        bookAs(role, "counts", count("main", counted(shirt, 3))).then().statusCode(status);
    }

    private void reserve(Article article, long quantity) {
        shop.as("service")
                .header("Idempotency-Key", UUID.randomUUID())
                .body(new JsonObject()
                        .put("lines", new JsonArray().add(line(article, quantity)))
                        .encode())
                .post("/v1/reservations")
                .then()
                .statusCode(201);
    }

    private Response book(String what, JsonObject body) {
        return book(what, UUID.randomUUID().toString(), body);
    }

    private Response book(String what, String key, JsonObject body) {
        return shop.as("admin")
                .header("Idempotency-Key", key)
                .body(body.encode())
                .post("/v1/stock/" + what);
    }

    private Response bookAs(String role, String what, JsonObject body) {
        return shop.as(role)
                .header("Idempotency-Key", UUID.randomUUID())
                .body(body.encode())
                .post("/v1/stock/" + what);
    }

    private static JsonObject adjustment(String reason, JsonObject... lines) {
        return body(lines).put("reason", reason);
    }

    private static JsonObject transfer(String from, String to, JsonObject... lines) {
        return body(lines).put("from", from).put("to", to);
    }

    private static JsonObject count(String location, JsonObject... lines) {
        return body(lines).put("location", location);
    }

    private static JsonObject body(JsonObject... lines) {
        return new JsonObject().put("lines", new JsonArray(List.of(lines)));
    }

    private static JsonObject line(Article article, long quantity) {
        return new JsonObject().put("sku", article.sku()).put("quantity", quantity);
    }

    private static JsonObject counted(Article article, long units) {
        return new JsonObject().put("sku", article.sku()).put("counted", units);
    }
}
