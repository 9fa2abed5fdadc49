package io.souk.inventory.unit;

import io.restassured.response.Response;
import io.souk.inventory.InventoryTest;
import io.souk.inventory.Ledger;
import io.souk.inventory.Shop;
import io.souk.inventory.Shop.Article;
import io.souk.inventory.Told;
import io.souk.inventory.Topics;
import io.souk.testing.Tokens;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;

import static io.souk.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;

/** Which units a reservation gets, and when it lets them go. */
@InventoryTest
class UnitReservationTest {
    private final Shop shop = new Shop();

    @Test
    void givenAReservationOfUnits_whenItsOwnerReadsIt_thenItNamesTheUnitsThatItHas_aHundredAtMost() {
        var card = shop.tracked("CARD");
        shop.units(card, IntStream.rangeClosed(1, 102).mapToObj(i -> "C" + i).toArray(String[]::new));
        var jane = Shop.with(Tokens.of(shop.tenant(), "customer", "jane", null));
        String id = shop.as("service")
                .header("Idempotency-Key", UUID.randomUUID())
                .body(new JsonObject()
                        .put("owner", "jane")
                        .put(
                                "lines",
                                new JsonArray()
                                        .add(new JsonObject().put("sku", "CARD").put("quantity", 1))
                                        .add(new JsonObject().put("sku", "CARD").put("quantity", 100)))
                        .encode())
                .post("/v1/reservations")
                .path("id");

        jane.get("/v1/reservations/" + id).then().body("units", empty());
        shop.as("service")
                .header("If-Match", "\"1\"")
                .post("/v1/reservations/" + id + "/confirm")
                .then()
                .statusCode(200);
        jane.get("/v1/reservations/" + id).then().body("units", hasSize(100)).body("units[0].line", equalTo(0));
        shop.as("service")
                .queryParam("owner", "jane")
                .get("/v1/reservations")
                .then()
                .body("items[0].units", nullValue());
    }

    @Test
    void givenAnOrderThatIsPaid_thenTheOldestUnitsAreItsOwn_andCancellingItFreesThem() {
        var card = shop.tracked("CARD");
        shop.unitReceipt(new JsonArray()
                        .add(Shop.unit(card, "NEWER").put("acquiredOn", "2026-03-01"))
                        .add(Shop.unit(card, "OLDEST")
                                .put("acquiredOn", "2026-01-01")
                                .put("status", "CONSIGNED"))
                        .add(Shop.unit(card, "OLD").put("acquiredOn", "2026-02-01")))
                .then()
                .statusCode(201);
        var order = UUID.randomUUID();

        shop.tellOrder(order, 1, "PLACED", shop.line(card, 2));
        shop.awaitReservation(order, "OPEN");
        assertThat(serials("NEED_SHIPPING")).isEmpty();
        assertThat(shop.stock(card).getLong("available")).isEqualTo(1);

        shop.tellOrder(order, 2, "AUTHORISED", shop.line(card, 2));
        shop.awaitReservation(order, "CONFIRMED");
        assertThat(serials("NEED_SHIPPING")).containsExactlyInAnyOrder("OLDEST", "OLD");
        var reservation = Ledger.reservationOf(shop.tenant(), order).getFirst();
        shop.as("readonly")
                .get("/v1/reservations/" + reservation)
                .then()
                .statusCode(200)
                .body("units.serialNumber", containsInAnyOrder("OLDEST", "OLD"))
                .body("units.line", contains(0, 0));
        shop.as("readonly")
                .queryParam("reservationId", reservation)
                .get("/v1/units")
                .then()
                .statusCode(200)
                .body("items.reservationId", contains(reservation, reservation));

        var packed = unitOf("OLD");
        UnitTest.status(shop, packed.getString("id"), 2, "PACKED").then().statusCode(200);
        shop.tellOrder(order, 3, "CANCELLED", shop.line(card, 2));
        shop.awaitReservation(order, "RELEASED");

        assertThat(serials("AVAILABLE")).containsExactlyInAnyOrder("NEWER", "OLD");
        assertThat(serials("CONSIGNED")).containsExactly("OLDEST");
        assertThat(shop.stock(card).getLong("available")).isEqualTo(3);
        Ledger.assertBalanced(shop.tenant());
        eventually(() -> assertThat(Told.states(Topics.UNIT, shop.tenant()))
                .filteredOn(state -> state.getString("serialNumber").equals("OLD"))
                .extracting(state -> state.getString("status") + " " + state.getString("reservationId"))
                .containsExactly(
                        "AVAILABLE null", "NEED_SHIPPING " + reservation, "PACKED " + reservation, "AVAILABLE null"));
        Told.assertNamed(Topics.UNIT, shop.tenant());
    }

    @Test
    void givenAnOrderThatWasPaidBeforeWeKnewOfIt_thenItGetsItsUnitsAtOnce() {
        var card = shop.tracked("CARD");
        shop.units(card, "A", "B");
        var order = UUID.randomUUID();

        shop.tellOrder(order, 2, "AUTHORISED", shop.line(card, 1));
        shop.awaitReservation(order, "CONFIRMED");

        assertThat(serials("NEED_SHIPPING")).containsExactly("A");
        Ledger.assertBalanced(shop.tenant());
    }

    @Test
    void givenTwoLinesAndTwoLocations_thenEachHoldHasItsOwnUnits() {
        shop.location("side", 7);
        var card = shop.tracked("CARD");
        var plain = shop.stocked("PLAIN", 5);
        shop.units(card, "A", "B");
        shop.unitReceipt(new JsonArray().add(Shop.unit(card, "C").put("location", "side")))
                .then()
                .statusCode(201);
        var order = UUID.randomUUID();

        shop.tellOrder(order, 2, "AUTHORISED", shop.line(card, 1), shop.line(plain, 2), shop.line(card, 2));
        shop.awaitReservation(order, "CONFIRMED");

        assertThat(Ledger.query("""
                        select count(*)
                          from inventory.reservation_hold hold
                         where hold.tenant = ?
                           and hold.quantity <> (select count(*)
                                                   from inventory.unit
                                                  where unit.tenant = hold.tenant
                                                    and unit.reservation_id = hold.reservation_id
                                                    and unit.line = hold.line
                                                    and unit.level_id = hold.level_id)
                        """, shop.tenant())).containsExactly("1"); // the plain one
        assertThat(serials("NEED_SHIPPING")).containsExactlyInAnyOrder("A", "B", "C");
        Ledger.assertBalanced(shop.tenant());
    }

    @Test
    void givenAClientsReservation_thenConfirmingChooses_andReleasingFrees() {
        var card = shop.tracked("CARD");
        shop.units(card, "A", "B");
        var id = reserve(card, 1).jsonPath().getString("id");

        client("/v1/reservations/" + id + "/confirm", 1).then().statusCode(200);
        assertThat(serials("NEED_SHIPPING")).containsExactly("A");
        client("/v1/reservations/" + id + "/release", 2).then().statusCode(200);

        assertThat(serials("AVAILABLE")).containsExactlyInAnyOrder("A", "B");
        Ledger.assertBalanced(shop.tenant());
    }

    @Test
    void whatIsPromisedCannotLeave() {
        var card = shop.tracked("CARD");
        shop.location("side", 7);
        var id = shop.units(card, "A").getFirst();
        var reservation = reserve(card, 1).jsonPath().getString("id");

        UnitTest.status(shop, id, 1, "CANCELLED")
                .then()
                .statusCode(409)
                .body("type", containsString("stock-promised"))
                .body("errors.pointer", contains("/status"));
        client("/v1/reservations/" + reservation + "/confirm", 1).then().statusCode(200);
        UnitTest.status(shop, id, 2, "CANCELLED")
                .then()
                .statusCode(409)
                .body("type", containsString("unit-status"))
                .body("current.status", equalTo("NEED_SHIPPING"));
        UnitTest.status(shop, id, 2, "AVAILABLE")
                .then()
                .statusCode(409)
                .body("errors.detail", contains(containsString("reservation")));

        assertThat(shop.stock(card).getLong("onHand")).isEqualTo(1);
        Ledger.assertBalanced(shop.tenant());
    }

    @Test
    void givenManyConfirmWhileUnitsAreWrittenOff_thenEachUnitIsOnesOwn_andTheBooksAgree() {
        var card = shop.tracked("CARD");
        var serials = new String[24];
        for (int i = 0; i < serials.length; i++) {
            serials[i] = "S-" + i;
        }
        var ids = shop.units(card, serials);
        var reservations = UnitTest.all(12, _ -> reserve(card, 1).jsonPath().getString("id"));

        var answers = UnitTest.all(
                24,
                i -> i % 2 == 0
                        ? client("/v1/reservations/" + reservations.get(i / 2) + "/confirm", 1)
                                .statusCode()
                        : UnitTest.status(shop, ids.get(i / 2), 1, "CANCELLED").statusCode());

        assertThat(answers).isSubsetOf(200, 409, 412);
        assertThat(serials("NEED_SHIPPING")).hasSize(12).doesNotHaveDuplicates();
        assertThat(shop.stock(card).getLong("reserved")).isEqualTo(12);
        Ledger.assertBalanced(shop.tenant());
    }

    @Test
    void givenAReservationThatRunsOut_thenNoUnitWasEverItsOwn() {
        var card = shop.tracked("CARD");
        shop.units(card, "A");
        var id = reserve(card, 1).jsonPath().getString("id");

        Ledger.update(
                "update inventory.reservation set expires_at = now() where tenant = ? and id = ?",
                shop.tenant(),
                UUID.fromString(id));

        eventually(() -> assertThat(shop.stock(card).getLong("available")).isEqualTo(1));
        shop.as("admin").queryParam("reservationId", id).get("/v1/units").then().body("items", empty());
        assertThat(serials("AVAILABLE")).containsExactly("A");
    }

    @Test
    void givenGoodsThatLeaveAndArrive_thenTheirUnitsDo_andEachIsToldOnce() {
        var card = shop.tracked("CARD");
        shop.units(card, "A", "B", "C");
        var order = UUID.randomUUID();
        shop.tellOrder(order, 2, "AUTHORISED", shop.line(card, 2));
        shop.awaitReservation(order, "CONFIRMED");
        UnitTest.status(shop, unitOf("A").getString("id"), 2, "PACKED").then().statusCode(200);

        shop.tellOrder(order, 4, "FULFILLED", shop.line(card, 2));
        shop.awaitReservation(order, "SHIPPED");
        assertThat(serials("OUTGOING")).containsExactlyInAnyOrder("A", "B");
        assertThat(shop.stock(card).getLong("onHand")).isEqualTo(1);
        assertThat(shop.stock(card).getLong("reserved")).isZero();
        Ledger.assertBalanced(shop.tenant());

        shop.tellOrder(order, 5, "DELIVERED", shop.line(card, 2));
        shop.tellOrder(order, 5, "DELIVERED", shop.line(card, 2));
        eventually(() -> assertThat(serials("SALE_COMPLETED")).containsExactlyInAnyOrder("A", "B"));
        shop.settleOrder(order);

        Ledger.assertBalanced(shop.tenant());
        eventually(() -> assertThat(Told.states(Topics.UNIT, shop.tenant()))
                .filteredOn(state -> state.getString("serialNumber").equals("A"))
                .extracting(state -> state.getString("status"))
                .containsExactly("AVAILABLE", "NEED_SHIPPING", "PACKED", "OUTGOING", "SALE_COMPLETED"));
    }

    @Test
    void givenGoodsThatLeftBeforeTheirUnitsWereChosen_thenTheOldestLeave() {
        var card = shop.tracked("CARD");
        shop.units(card, "A", "B", "C");
        var open = UUID.randomUUID();
        var unheardOf = UUID.randomUUID();
        shop.tellOrder(open, 1, "PLACED", shop.line(card, 1));
        shop.awaitReservation(open, "OPEN");

        shop.tellOrder(open, 4, "FULFILLED", shop.line(card, 1));
        shop.awaitReservation(open, "SHIPPED");
        shop.tellOrder(unheardOf, 5, "DELIVERED", shop.line(card, 1));
        shop.awaitReservation(unheardOf, "SHIPPED");

        eventually(() -> assertThat(serials("SALE_COMPLETED")).containsExactly("B"));
        assertThat(serials("OUTGOING")).containsExactly("A");
        assertThat(shop.stock(card).getLong("onHand")).isEqualTo(1);
        Ledger.assertBalanced(shop.tenant());
    }

    @Test
    void givenAClientsReservationThatIsShipped_thenPeopleSayWhatBecameOfItsUnits() {
        var card = shop.tracked("CARD");
        var unit = shop.units(card, "A").getFirst();
        var id = reserve(card, 1).jsonPath().getString("id");
        client("/v1/reservations/" + id + "/confirm", 1).then().statusCode(200);

        client("/v1/reservations/" + id + "/ship", 2).then().statusCode(200);
        assertThat(serials("OUTGOING")).containsExactly("A");
        shop.as("admin")
                .delete("/v1/tracked-variants/" + card.id())
                .then()
                .statusCode(409)
                .body("type", containsString("stock-not-empty"));
        UnitTest.status(shop, unit, 3, "SALE_COMPLETED").then().statusCode(200).body("reservationId", equalTo(id));
        UnitTest.status(shop, unit, 4, "AVAILABLE").then().statusCode(200).body("reservationId", nullValue());

        assertThat(shop.stock(card).getLong("available")).isEqualTo(1);
        shop.as("admin")
                .queryParam("sku", "CARD")
                .get("/v1/stock/movements")
                .then()
                .body("items.kind", contains("ADJUSTMENT", "SHIPMENT", "RECEIPT"))
                .body("items[0].reason", equalTo("RETURNED"));
        Ledger.assertBalanced(shop.tenant());
    }

    private Response reserve(Article article, long quantity) {
        var line = new JsonObject().put("sku", article.sku()).put("quantity", quantity);
        var made = shop.as("service")
                .header("Idempotency-Key", UUID.randomUUID())
                .body(new JsonObject().put("lines", new JsonArray().add(line)).encode())
                .post("/v1/reservations");
        made.then().statusCode(201);
        return made;
    }

    private Response client(String path, long seen) {
        return shop.as("service").header("If-Match", "\"" + seen + "\"").post(path);
    }

    private JsonObject unitOf(String serialNumber) {
        return new JsonObject(shop.as("admin")
                        .queryParam("serialNumber", serialNumber)
                        .get("/v1/units")
                        .asString())
                .getJsonArray("items")
                .getJsonObject(0);
    }

    private List<String> serials(String status) {
        return shop.as("admin")
                .queryParam("status", status)
                .get("/v1/units")
                .jsonPath()
                .getList("items.serialNumber");
    }
}
