package io.souk.inventory.stock;

import io.restassured.response.Response;
import io.souk.inventory.InventoryTest;
import io.souk.inventory.Ledger;
import io.souk.inventory.Shop;
import io.souk.inventory.Shop.Article;
import io.souk.inventory.Told;
import io.souk.inventory.Topics;
import io.souk.kit.event.Change;
import io.souk.kit.tenant.TenantId;
import io.souk.kit.tenant.Transactions;
import io.souk.testing.Database;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;

import static io.souk.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.assertj.core.api.InstanceOfAssertFactories.type;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

/** Goods that expire. */
@InventoryTest
class LotTest {
    private static final Duration DEADLINE = Duration.ofSeconds(30);

    private final Shop shop = new Shop();
    private final LocalDate today = LocalDate.now(ZoneOffset.UTC);

    @Inject
    ExpireLots expireLots;

    @Inject
    MoveStock moveStock;

    @Inject
    StockLevelRows stockLevelRows;

    @Inject
    Transactions transactions;

    @Test
    void givenLots_thenEachHasItsLevel_andWhatExpiresFirstIsReservedFirst() {
        var milk = shop.article("milk");
        receive(
                        line(milk, 5, "late").put("expiresOn", "2099-02-01"),
                        line(milk, 5, "soon").put("expiresOn", "2099-01-01"))
                .then()
                .statusCode(201)
                .body("lines.lot", contains("late", "soon"));

        var made = reserve(milk, 7);

        made.then().statusCode(201).body("lines.lot", contains("soon", "late")).body("lines.quantity", contains(5, 2));
        var levels = shop.stock(milk).getJsonArray("levels");
        assertThat(levels).hasSize(2);
        assertThat(levels.stream().map(level -> ((JsonObject) level).getString("expiresOn")))
                .containsExactlyInAnyOrder("2099-01-01", "2099-02-01");
        assertThat(shop.stock(milk).getLong("available")).isEqualTo(3);
        eventually(() -> assertThat(Told.states(Topics.STOCK, shop.tenant())).anySatisfy(state -> {
            assertThat(state.getString("lot")).isEqualTo("soon");
            assertThat(state.getString("expiresOn")).isEqualTo("2099-01-01");
            assertThat(state.getLong("available")).isZero();
        }));
        Ledger.assertBalanced(shop.tenant());
    }

    @Test
    void givenALotIsOver_thenNothingOfItIsSold_andItsEventSaysSo() {
        var milk = shop.article("milk");
        receive(line(milk, 5, "today").put("expiresOn", today.toString()))
                .then()
                .statusCode(201);
        var sold = reserve(milk, 1);
        assumeThat(LocalDate.now(ZoneOffset.UTC)).as("still that day").isEqualTo(today);
        sold.then().statusCode(201);

        Ledger.update(
                "update inventory.stock_level set expires_on = ? where tenant = ?", today.minusDays(1), shop.tenant());

        assertThat(shop.stock(milk).getLong("available")).isZero();
        assertThat(shop.stock(milk).getLong("onHand")).isEqualTo(5);
        reserve(milk, 1).then().statusCode(409).body("refused.available", contains(0));
        expireLots.sweep().await().atMost(DEADLINE);
        expireLots.sweep().await().atMost(DEADLINE);
        eventually(() -> assertThat(Told.states(Topics.STOCK, shop.tenant()))
                .hasSize(3)
                .last()
                .satisfies(state -> {
                    assertThat(state.getLong("available")).isZero();
                    assertThat(state.getLong("onHand")).isEqualTo(5);
                    assertThat(state.getJsonArray("changed")).containsExactly("available");
                }));
        Told.assertNamed(Topics.STOCK, shop.tenant());
        adjust(line(milk, -4, "today")).then().statusCode(201).body("lines.onHand", contains(1));
        adjust(line(milk, -1, "today")).then().statusCode(409).body("type", containsString("stock-promised"));
        Ledger.assertBalanced(shop.tenant());
    }

    /** In one transaction, so that no sweep comes between. */
    @Test
    void givenALotIsOver_whenItMoves_thenThatEventTellsIt_andTheSweepHasNothingToTell() {
        var milk = shop.article("milk");
        receive(line(milk, 5, "soon").put("expiresOn", "2099-01-01")).then().statusCode(201);

        transactions
                .inTenant(
                        new TenantId(shop.tenant()),
                        tx -> tx.sql()
                                .preparedQuery("update stock_level set expires_on = $2 where tenant = $1 returning id")
                                .execute(Tuple.of(shop.tenant(), today.minusDays(1)))
                                .map(rows -> rows.iterator().next().getUUID("id"))
                                .chain(id -> moveStock.move(tx, List.of(new LevelChange(id, 0, 2)), null)))
                .await()
                .atMost(DEADLINE);
        expireLots.sweep().await().atMost(DEADLINE);

        assertThat(Ledger.query("select version from inventory.stock_level where tenant = ?", shop.tenant()))
                .containsExactly("2");
        eventually(() -> assertThat(Told.states(Topics.STOCK, shop.tenant()))
                .extracting(state -> state.getLong("reserved"), state -> state.getLong("available"))
                .containsExactly(tuple(0L, 5L), tuple(2L, 0L)));
        Told.assertNamed(Topics.STOCK, shop.tenant());
    }

    @Test
    void givenLevelsThatHaveNothingToGive_thenNoCartWaitsForThem() {
        shop.location("promised", 5);
        shop.location("far", 9);
        var milk = shop.article("milk");
        receive(
                        line(milk, 3, "empty").put("expiresOn", "2099-01-01"),
                        line(milk, 3, "over").put("expiresOn", "2099-01-01"))
                .then()
                .statusCode(201);
        adjust(line(milk, -3, "empty")).then().statusCode(201);
        Ledger.update(
                "update inventory.stock_level set expires_on = ? where tenant = ? and lot = 'over'",
                today.minusDays(1),
                shop.tenant());
        shop.receive(milk, 2, "promised");
        reserve(milk, 2).then().statusCode(201);
        shop.receive(milk, 1, "far");

        try (var other = Database.of("inventory", "worker")) {
            other.update("begin");
            var locked = other.query(
                    "select id from inventory.stock_level where tenant = ? and (on_hand <> 1) for update",
                    shop.tenant());

            reserve(milk, 1).then().statusCode(201);
            reserve(milk, 1).then().statusCode(409).body("refused.available", contains(0));

            assertThat(locked).hasSize(3);
            other.update("rollback");
        }
        Ledger.assertBalanced(shop.tenant());
    }

    @Test
    void givenMoreLotsThanALineIsServedFrom_thenTheNextLineGetsTheRest() {
        var milk = scattered(103);

        reserve(milk, 101)
                .then()
                .statusCode(409)
                .body("refused.available", contains(100))
                .body(
                        "errors.detail",
                        contains(
                                "100 of 101 units of milk are free in the 100 lots and locations that one line can be held"
                                        + " from; what more there is takes another line"))
                .body("refused.reason", contains("SCATTERED"));
        reserve(null, wanted(milk, 100), wanted(milk, 3)).then().statusCode(201);

        reserve(milk, 1)
                .then()
                .statusCode(409)
                .body("errors.detail", contains("0 of 1 units of milk are free"))
                .body("refused.reason", contains("TOO_FEW"));
        assertThat(shop.stock(milk).getLong("available")).isZero();
        Ledger.assertBalanced(shop.tenant());
    }

    @Test
    void givenAnOrderOfMoreThanALineIsServedFrom_thenItsRefusalSaysWhy() {
        var milk = scattered(101);
        var cream = shop.stocked("cream", 1);
        var order = UUID.randomUUID();

        shop.tellOrder(order, 1, "PLACED", shop.line(milk, 101), shop.line(cream, 2));

        shop.awaitReservation(order, "REFUSED");
        shop.as("readonly")
                .get("/v1/reservations/"
                        + Ledger.reservationOf(shop.tenant(), order).getFirst())
                .then()
                .statusCode(200)
                .body("refused.available", contains(100, 1))
                .body("refused.reason", contains("SCATTERED", "TOO_FEW"));
        eventually(() -> assertThat(refusals()).containsExactly(List.of("SCATTERED", "TOO_FEW")));
    }

    @Test
    void givenAHeldLotIsOver_whenAnotherReservationReplacesIt_thenItsUnitsAreGivenBackToNobody() {
        var milk = shop.article("milk");
        receive(line(milk, 2, "soon").put("expiresOn", "2099-01-01")).then().statusCode(201);
        var earlier = reserve(milk, 2).jsonPath().getString("id");
        receive(line(milk, 2, "late").put("expiresOn", "2099-02-01")).then().statusCode(201);
        Ledger.update(
                "update inventory.stock_level set expires_on = ? where tenant = ? and lot = 'soon'",
                today.minusDays(1),
                shop.tenant());

        reserve(milk, 3, earlier).then().statusCode(409).body("refused.available", contains(2));
        reserve(milk, 2, earlier).then().statusCode(201).body("lines.lot", contains("late"));

        assertThat(shop.stock(milk).getLong("reserved")).isEqualTo(2);
        Ledger.assertBalanced(shop.tenant());
    }

    /** As when the clock was put back since: what is told once more is what every reader has. */
    @Test
    void givenALotWasToldToBeOver_whenItIsToldOnceMore_thenItIsOver_whateverTheClockSays() {
        var milk = shop.article("milk");
        receive(line(milk, 5, "L1").put("expiresOn", "2099-01-01")).then().statusCode(201);
        Ledger.update("update inventory.stock_level set expiry_told = true where tenant = ?", shop.tenant());
        var level = Ledger.query("select id from inventory.stock_level where tenant = ?", shop.tenant());

        var told = transactions
                .inTenant(
                        new TenantId(shop.tenant()),
                        tx -> stockLevelRows.lockAndTell(tx, List.of(UUID.fromString(level.getFirst()))))
                .await()
                .atMost(DEADLINE);

        assertThat(told)
                .singleElement()
                .extracting(Change::state, type(StockState.class))
                .extracting(StockState::available)
                .isEqualTo(0L);
    }

    @Test
    void aTransferTakesTheLotAlong() {
        shop.location("far", 9);
        var milk = shop.article("milk");
        receive(line(milk, 5, "L1").put("expiresOn", "2099-01-01")).then().statusCode(201);

        book("transfers", body(line(milk, 2, "L1")).put("from", "main").put("to", "far"))
                .then()
                .statusCode(201)
                .body("lines.lot", contains("L1", "L1"))
                .body("lines.onHand", contains(3, 2));
        book("transfers", body(line(milk, 2, "L2")).put("from", "main").put("to", "far"))
                .then()
                .statusCode(422)
                .body("type", containsString("unknown-lot"));

        assertThat(shop.stock(milk).getJsonArray("levels").stream()
                        .map(level -> ((JsonObject) level).getString("expiresOn")))
                .containsExactly("2099-01-01", "2099-01-01");
        shop.as("admin").get("/v1/stock/movements").then().body("items.lot", contains("L1", "L1", "L1"));
        Ledger.assertBalanced(shop.tenant());
    }

    @Test
    void givenTheLotHasAnotherLastDayThere_whenItIsTransferred_thenTheLotIsNamedAndNothingMoves() {
        shop.location("far", 9);
        var milk = shop.article("milk");
        receive(line(milk, 5, "L1").put("expiresOn", "2099-01-01")).then().statusCode(201);
        receive(line(milk, 5, "L1").put("expiresOn", "2099-02-01").put("location", "far"))
                .then()
                .statusCode(201);

        book("transfers", body(line(milk, 2, "L1")).put("from", "main").put("to", "far"))
                .then()
                .statusCode(422)
                .body("errors.pointer", contains("/lines/0/lot"))
                .body("errors.detail", contains("expires on 2099-02-01 at far"));

        assertThat(shop.stock(milk).getJsonArray("levels").stream()
                        .map(level -> ((JsonObject) level).getLong("onHand")))
                .containsExactly(5L, 5L);
    }

    @Test
    void aLotIsCountedByItself() {
        var milk = shop.article("milk");
        shop.receive(milk, 9);
        receive(line(milk, 5, "L1").put("expiresOn", "2099-01-01")).then().statusCode(201);
        var counted = new JsonObject().put("sku", "milk").put("counted", 4).put("lot", "L1");

        book("counts", body(counted)).then().statusCode(201).body("lines.quantity", contains(-1));
        book("counts", body(counted.copy().put("lot", "L2")))
                .then()
                .statusCode(422)
                .body("errors.pointer", contains("/lines/0/lot"));

        assertThat(shop.stock(milk).getLong("onHand")).isEqualTo(13);
        Ledger.assertBalanced(shop.tenant());
    }

    @Test
    void badLotsAreNamed() {
        var milk = shop.article("milk");
        receive(line(milk, 5, "L1").put("expiresOn", "2099-01-01")).then().statusCode(201);

        receive(line(milk, 1, "L1").put("expiresOn", "2099-01-02"))
                .then()
                .statusCode(422)
                .body("errors.pointer", contains("/lines/0/expiresOn"));
        receive(
                        line(milk, 1, "L3").put("expiresOn", "2099-01-02"),
                        line(milk, 1, "L3").put("expiresOn", "2099-01-01"))
                .then()
                .statusCode(422)
                .body("errors.pointer", contains("/lines/0/expiresOn"));
        receive(line(milk, 1, "L1")).then().statusCode(422).body("errors.pointer", contains("/lines/0"));
        receive(line(milk, 1, "no blanks").put("expiresOn", "2099-01-01"))
                .then()
                .statusCode(422)
                .body("errors.pointer", contains("/lines/0/lot"));
        receive(line(milk, 1, "L1").put("expiresOn", "2099-02-30"))
                .then()
                .statusCode(400)
                .body("errors.pointer", contains("/lines/0/expiresOn"));
        adjust(line(milk, 1, "L2")).then().statusCode(422).body("type", containsString("unknown-lot"));

        assertThat(shop.stock(milk).getLong("onHand")).isEqualTo(5);
        receive(line(milk, 1, "L1").put("expiresOn", "2099-01-01"))
                .then()
                .statusCode(201)
                .body("lines[0].onHand", equalTo(6));
    }

    /** One unit in each of so many lots. */
    private Article scattered(int lots) {
        var milk = shop.article("milk");
        receive(IntStream.rangeClosed(1, lots)
                        .mapToObj(i -> line(milk, 1, "L" + i).put("expiresOn", "2099-01-01"))
                        .toArray(JsonObject[]::new))
                .then()
                .statusCode(201);
        return milk;
    }

    /** The reasons that each event tells. */
    private List<List<String>> refusals() {
        return Told.states(Topics.RESERVATION, shop.tenant()).stream()
                .map(state -> state.getJsonArray("refused").stream()
                        .map(line -> ((JsonObject) line).getString("reason"))
                        .toList())
                .toList();
    }

    private Response receive(JsonObject... lines) {
        return book("receipts", body(lines));
    }

    private Response adjust(JsonObject... lines) {
        return book("adjustments", body(lines).put("reason", "EXPIRED"));
    }

    private Response book(String what, JsonObject body) {
        return shop.as("admin")
                .header("Idempotency-Key", UUID.randomUUID())
                .body(body.encode())
                .post("/v1/stock/" + what);
    }

    private Response reserve(Article article, long quantity) {
        return reserve(article, quantity, null);
    }

    private Response reserve(Article article, long quantity, @Nullable String replaces) {
        return reserve(replaces, wanted(article, quantity));
    }

    private static JsonObject wanted(Article article, long quantity) {
        return new JsonObject().put("sku", article.sku()).put("quantity", quantity);
    }

    private Response reserve(@Nullable String replaces, JsonObject... lines) {
        return shop.as("service")
                .header("Idempotency-Key", UUID.randomUUID())
                .body(body(lines).put("owner", "jane").put("replaces", replaces).encode())
                .post("/v1/reservations");
    }

    private static JsonObject body(JsonObject... lines) {
        return new JsonObject().put("lines", new JsonArray(List.of(lines)));
    }

    private static JsonObject line(Article article, long quantity, String lot) {
        return new JsonObject()
                .put("sku", article.sku())
                .put("quantity", quantity)
                .put("lot", lot);
    }
}
