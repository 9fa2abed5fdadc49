package io.souk.inventory.reservation;

import io.restassured.response.Response;
import io.souk.inventory.InventoryTest;
import io.souk.inventory.Ledger;
import io.souk.inventory.Shop;
import io.souk.inventory.Shop.Article;
import io.souk.inventory.Told;
import io.souk.inventory.Topics;
import io.souk.kit.tenant.TenantId;
import io.souk.testing.Tokens;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Inject;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

import static io.souk.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

/** Goods leave with their reservation: once, out of stock and ledger together. */
@InventoryTest
class ShippingTest {
    private static final Duration DEADLINE = Duration.ofSeconds(30);

    private final Shop shop = new Shop();
    private final UUID order = UUID.randomUUID();

    @Inject
    FollowOrder followOrder;

    @Inject
    ExpireReservations expireReservations;

    @Test
    void givenAConfirmedOrderIsFulfilled_thenItsUnitsLeave_andTheLedgerSaysForWhom() {
        var shirt = shop.stocked("shirt", 5);
        shop.tellOrder(order, 1, "PLACED", shop.line(shirt, 3));
        shop.tellOrder(order, 2, "AUTHORISED", shop.line(shirt, 3));
        shop.awaitReservation(order, "CONFIRMED");

        var cause = shop.tellOrder(order, 3, "FULFILLED", shop.line(shirt, 3));

        shop.awaitReservation(order, "SHIPPED");
        assertStock(shirt, 2, 0);
        var reservation = Ledger.reservationOf(shop.tenant(), order).getFirst();
        shop.as("readonly")
                .queryParam("sku", "shirt")
                .get("/v1/stock/movements")
                .then()
                .statusCode(200)
                .body("items.kind", contains("SHIPMENT", "RECEIPT"))
                .body("items[0].quantity", equalTo(-3))
                .body("items[0].bookingId", equalTo(reservation))
                .body("items[0].reference", equalTo(order.toString()));
        shop.as("admin")
                .get("/v1/reservations/" + reservation)
                .then()
                .body("status", equalTo("SHIPPED"))
                .body("lines.quantity", contains(3));
        eventually(() -> assertThat(Told.states(Topics.STOCK, shop.tenant()))
                .last()
                .satisfies(state -> {
                    assertThat(state.getLong("onHand")).isEqualTo(2);
                    assertThat(state.getLong("available")).isEqualTo(2);
                    assertThat(state.getJsonArray("changed")).containsExactly("onHand", "reserved");
                }));
        eventually(() -> assertThat(Told.states(Topics.RESERVATION, shop.tenant()))
                .extracting(state -> state.getString("status"))
                .containsExactly("OPEN", "CONFIRMED", "SHIPPED"));
        for (var topic : List.of(Topics.STOCK, Topics.RESERVATION)) {
            Told.assertNamed(topic, shop.tenant());
            assertThat(Told.header(Told.records(topic, shop.tenant()).getLast(), "ce_causationid"))
                    .isEqualTo(cause.toString());
        }
        Ledger.assertBalanced(shop.tenant());
    }

    @Test
    void givenLinesThatAreSplitOverLocationsAndLots_thenEachLevelIsWrittenOnce() {
        shop.location("first", 1);
        shop.location("second", 2);
        var milk = shop.article("milk");
        var shirt = shop.article("shirt");
        receiveLot(milk, 2, "first", "L1", "2099-01-01");
        receiveLot(milk, 2, "first", "L2", "2099-02-01");
        shop.receive(shirt, 4, "first");
        shop.receive(shirt, 2, "second");
        shop.tellOrder(order, 1, "PLACED", shop.line(milk, 3), shop.line(shirt, 3), shop.line(shirt, 3));
        shop.awaitReservation(order, "OPEN");

        shop.tellOrder(order, 2, "FULFILLED", shop.line(milk, 3), shop.line(shirt, 3), shop.line(shirt, 3));

        shop.awaitReservation(order, "SHIPPED");
        assertStock(milk, 1, 0);
        assertStock(shirt, 0, 0);
        assertThat(Ledger.query("select distinct version from inventory.stock_level where tenant = ?", shop.tenant()))
                .as("one for the receipt, one for the hold, one for the shipment")
                .containsExactly("3");
        assertThat(Ledger.query(
                        "select quantity from inventory.stock_movement where tenant = ? and kind = 'SHIPMENT'",
                        shop.tenant()))
                .as("each line of each level")
                .containsExactlyInAnyOrder("-2", "-1", "-3", "-1", "-2");
        Ledger.assertBalanced(shop.tenant());
    }

    @Test
    void givenGoodsOfAVendorAmongThem_thenTheyLeaveAllTheSame_andItsMerchantSeesThoseOnly() {
        shop.location("first", 1);
        shop.location("a-1", "a");
        var shirt = shop.article("shirt");
        shop.receive(shirt, 2, "first");
        shop.receive(shirt, 3, "a-1");
        shop.tellOrder(order, 1, "PLACED", shop.line(shirt, 4));
        shop.awaitReservation(order, "OPEN");

        shop.tellOrder(order, 2, "FULFILLED", shop.line(shirt, 4));

        shop.awaitReservation(order, "SHIPPED");
        assertStock(shirt, 1, 0);
        Shop.with(Tokens.of(shop.tenant(), "merchant", null, "a"))
                .get("/v1/stock/movements")
                .then()
                .statusCode(200)
                .body("items.kind", contains("SHIPMENT", "RECEIPT"))
                .body("items.quantity", contains(-2, 3));
        Ledger.assertBalanced(shop.tenant());
    }

    @Test
    void givenEventsTwiceAndSwapped_thenTheUnitsLeaveOnce_andNothingBringsThemBack() {
        var shirt = shop.stocked("shirt", 5);
        shop.tellOrder(order, 1, "PLACED", shop.line(shirt, 3));
        shop.tellOrder(order, 6, "DELIVERED", shop.line(shirt, 3));
        for (int i = 0; i < 2; i++) {
            shop.tellOrder(order, 5, "FULFILLED", shop.line(shirt, 3));
            shop.tellOrder(order, 3, "AUTHORISED", shop.line(shirt, 3));
            shop.tellOrder(order, 4, "CONFIRMED", shop.line(shirt, 3));
            shop.tellOrder(order, 7, "CANCELLED", shop.line(shirt, 3));
        }

        shop.settleOrder(order);

        shop.awaitReservation(order, "SHIPPED");
        assertStock(shirt, 2, 0);
        assertThat(shipments()).isEqualTo(1);
        Ledger.assertBalanced(shop.tenant());
    }

    @ParameterizedTest
    @ValueSource(strings = {"FULFILLED", "DELIVERED"})
    void givenOnlyItsLastStateIsLeftInTheLog_thenItsGoodsLeave_andALateWishToHoldIsVoid(String last) {
        var shirt = shop.stocked("shirt", 5);
        shop.tellOrder(order, 6, last, shop.line(shirt, 3));
        shop.tellOrder(order, 1, "PLACED", shop.line(shirt, 3));

        shop.settleOrder(order);

        shop.awaitReservation(order, "SHIPPED");
        assertStock(shirt, 2, 0);
        assertThat(Ledger.query("select version from inventory.stock_level where tenant = ?", shop.tenant()))
                .as("one for the receipt, one for the shipment")
                .containsExactly("2");
        Ledger.assertBalanced(shop.tenant());
    }

    @Test
    void givenOnlyItsLastStateIsLeft_andTooFewAreThere_thenItIsRefused_andNothingLeaves() {
        var shirt = shop.stocked("shirt", 5);
        var shoe = shop.stocked("shoe", 1);

        shop.tellOrder(order, 6, "FULFILLED", shop.line(shirt, 3), shop.line(shoe, 2));

        shop.awaitReservation(order, "REFUSED");
        assertStock(shirt, 5, 0);
        assertStock(shoe, 1, 0);
        eventually(() -> assertThat(Told.states(Topics.RESERVATION, shop.tenant()))
                .singleElement()
                .satisfies(state -> assertThat(state.getJsonArray("refused")).hasSize(1)));
        assertThat(shipments()).isZero();
    }

    @ParameterizedTest
    @CsvSource({"5, SHIPPED, 2", "2, REFUSED, 2"})
    void givenItsReservationHadRunOut_thenItIsTakenAgain_orRefused(long received, String status, long left) {
        var shirt = shop.stocked("shirt", received);
        var all = Math.min(received, 3);
        shop.tellOrder(order, 1, "PLACED", shop.line(shirt, all));
        shop.awaitReservation(order, "OPEN");
        Ledger.update("update inventory.reservation set expires_at = now() where tenant = ?", shop.tenant());
        shop.awaitReservation(order, "EXPIRED");

        shop.tellOrder(order, 2, "DELIVERED", shop.line(shirt, 3));

        shop.awaitReservation(order, status);
        assertStock(shirt, left, 0);
        Ledger.assertBalanced(shop.tenant());
    }

    @Test
    void givenManySeeItFulfilledDeliveredAndCancelledAtOnce_thenItEndsOnce() {
        var shirt = shop.stocked("shirt", 100);
        var orders = Stream.generate(UUID::randomUUID).limit(10).toList();
        orders.forEach(one -> follow(one, "PLACED", shirt));
        Ledger.update("update inventory.reservation set expires_at = now() where tenant = ?", shop.tenant());

        Race.all(100, i -> switch (i % 10) {
            case 0, 1, 2 -> follow(orders.get(i / 10), "FULFILLED", shirt);
            case 3, 4 -> follow(orders.get(i / 10), "DELIVERED", shirt);
            case 5, 6 -> follow(orders.get(i / 10), "CANCELLED", shirt);
            case 7 -> follow(orders.get(i / 10), "CONFIRMED", shirt);
            default -> expireReservations.sweep().await().atMost(DEADLINE);
        });

        assertThat(count("SHIPPED") + count("RELEASED")).isEqualTo(10);
        assertThat(shipments()).isEqualTo(count("SHIPPED"));
        assertStock(shirt, 100 - count("SHIPPED"), 0);
        Ledger.assertBalanced(shop.tenant());
    }

    @Test
    void givenAnOrderThatNobodyKnowsYet_whenManyOwnersSeeItDelivered_thenItsGoodsLeaveOnce() {
        var shirt = shop.stocked("shirt", 100);

        Race.all(20, i -> follow(order, i % 2 == 0 ? "FULFILLED" : "DELIVERED", shirt));

        assertStock(shirt, 99, 0);
        assertThat(shipments()).isEqualTo(1);
        Ledger.assertBalanced(shop.tenant());
    }

    @Test
    void givenAnOwnersReservationIsConfirmed_whenItIsShipped_thenItsUnitsLeave_once() {
        var shirt = shop.stocked("shirt", 5);
        var id = reserved(shirt, 3);
        act("service", id, "ship", 1)
                .then()
                .statusCode(409)
                .body("type", containsString("reservation-not-confirmed"))
                .body("current.status", equalTo("OPEN"));
        act("service", id, "confirm", 1).then().statusCode(200);

        act("customer", id, "ship", 2).then().statusCode(403);
        act("service", id, "ship", 2).then().statusCode(200).body("status", equalTo("SHIPPED"));
        act("service", id, "ship", 2).then().statusCode(200).header("ETag", "\"3\"");

        assertStock(shirt, 2, 0);
        act("admin", id, "release", 3).then().statusCode(409).body("type", containsString("reservation-closed"));
        act("admin", id, "confirm", 3).then().statusCode(409);
        reserve(shirt, 2, id).then().statusCode(409).body("type", containsString("reservation-closed"));
        assertStock(shirt, 2, 0);
        Ledger.assertBalanced(shop.tenant());
    }

    @Test
    void givenWhatIsReleased_thenItIsNotShipped() {
        var shirt = shop.stocked("shirt", 5);
        var id = reserved(shirt, 3);
        act("service", id, "release", 1).then().statusCode(200);

        act("service", id, "ship", 2).then().statusCode(409).body("current.status", equalTo("RELEASED"));

        assertStock(shirt, 5, 0);
    }

    @Test
    void givenShipAndReleaseRace_thenOneWins() {
        var shirt = shop.stocked("shirt", 10);

        for (int round = 0; round < 5; round++) {
            var id = reserved(shirt, 1);
            act("service", id, "confirm", 1).then().statusCode(200);
            var answers = Race.all(
                    10,
                    i -> act("admin", id, i % 2 == 0 ? "ship" : "release", 2).statusCode());
            assertThat(answers).containsOnly(200, 412);
            Ledger.assertBalanced(shop.tenant());
        }
        assertThat(shipments()).isEqualTo(count("SHIPPED"));
        assertStock(shirt, 10 - count("SHIPPED"), 0);
    }

    private Void follow(UUID id, String status, Article article) {
        var lines = List.of(new OrderState.Line(0, article.id(), article.sku(), 1));
        return followOrder
                .follow(new TenantId(shop.tenant()), UUID.randomUUID(), id, new OrderState(status, lines, null))
                .await()
                .atMost(DEADLINE);
    }

    private void receiveLot(Article article, long units, String location, String lot, String expiresOn) {
        var line = new JsonObject()
                .put("sku", article.sku())
                .put("quantity", units)
                .put("location", location)
                .put("lot", lot)
                .put("expiresOn", expiresOn);
        shop.receipt(UUID.randomUUID().toString(), new JsonObject().put("lines", new JsonArray().add(line)))
                .then()
                .statusCode(201);
    }

    private String reserved(Article article, long quantity) {
        var made = reserve(article, quantity, null);
        made.then().statusCode(201);
        return made.jsonPath().getString("id");
    }

    private Response reserve(Article article, long quantity, @Nullable String replaces) {
        var line = new JsonObject().put("sku", article.sku()).put("quantity", quantity);
        return shop.as("service")
                .header("Idempotency-Key", UUID.randomUUID())
                .body(new JsonObject()
                        .put("lines", new JsonArray().add(line))
                        .put("replaces", replaces)
                        .encode())
                .post("/v1/reservations");
    }

    private Response act(String role, String id, String action, long version) {
        return shop.as(role).header("If-Match", "\"" + version + "\"").post("/v1/reservations/" + id + "/" + action);
    }

    private void assertStock(Article article, long onHand, long reserved) {
        var stock = shop.stock(article);
        assertThat(stock.getLong("onHand")).isEqualTo(onHand);
        assertThat(stock.getLong("reserved")).isEqualTo(reserved);
        assertThat(stock.getLong("available")).isEqualTo(onHand - reserved);
    }

    private long shipments() {
        return Ledger.query(
                        "select id from inventory.stock_movement where tenant = ? and kind = 'SHIPMENT'", shop.tenant())
                .size();
    }

    private long count(String status) {
        return Ledger.query(
                        "select id from inventory.reservation where tenant = ? and status = ?", shop.tenant(), status)
                .size();
    }
}
