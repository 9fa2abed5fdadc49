package io.souk.inventory.reservation;

import io.souk.inventory.ForeignEvents;
import io.souk.inventory.InventoryTest;
import io.souk.inventory.Ledger;
import io.souk.inventory.Shop;
import io.souk.inventory.Told;
import io.souk.inventory.Topics;
import io.souk.kit.event.ChangeEvent;
import io.souk.kit.event.ChangeKind;
import io.souk.kit.event.Envelope;
import io.souk.kit.event.Order;
import io.souk.kit.tenant.TenantId;
import io.souk.testing.EventLog;
import io.souk.testing.Retelling;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Inject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

import static io.souk.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

@InventoryTest
class OrderEventsTest {
    private final Shop shop = new Shop();
    private final UUID order = UUID.randomUUID();

    @Inject
    OrderEventsConsumer consumer;

    @Test
    void givenAnOrderIsPlaced_thenAllItsLinesAreHeld_andToldWithTheirCause() {
        var shirt = shop.stocked("shirt", 5);
        var shoe = shop.stocked("shoe", 2);

        var cause = shop.tellOrder(order, 1, "PLACED", shop.line(shirt, 3), shop.line(shoe, 2));

        shop.awaitReservation(order, "OPEN");
        assertThat(shop.stock(shirt).getLong("reserved")).isEqualTo(3);
        assertThat(shop.stock(shirt).getLong("available")).isEqualTo(2);
        assertThat(shop.stock(shoe).getLong("available")).isZero();
        eventually(() -> assertThat(Told.records(Topics.RESERVATION, shop.tenant()))
                .singleElement()
                .satisfies(event -> {
                    assertThat(Told.header(event, "ce_causationid")).isEqualTo(cause.toString());
                    assertThat(Told.header(event, "ce_aggregateversion")).isEqualTo("1");
                }));
        var state = Told.states(Topics.RESERVATION, shop.tenant()).getFirst();
        assertThat(state.getString("orderId")).isEqualTo(order.toString());
        assertThat(state.getString("status")).isEqualTo("OPEN");
        assertThat(state.getJsonArray("lines")).hasSize(2);
        assertThat(state.getJsonArray("refused")).isEmpty();
        eventually(() -> assertThat(Told.records(Topics.STOCK, shop.tenant()))
                .filteredOn(event -> Told.header(event, "ce_aggregateversion").equals("2"))
                .hasSize(2)
                .allSatisfy(event ->
                        assertThat(Told.header(event, "ce_causationid")).isEqualTo(cause.toString())));
    }

    @Test
    void givenOneLineIsShort_thenItIsRefusedByName_andNothingIsHeld() {
        var shirt = shop.stocked("shirt", 5);
        var shoe = shop.stocked("shoe", 2);

        shop.tellOrder(order, 1, "PLACED", shop.line(shirt, 3), shop.line(shoe, 3));

        shop.awaitReservation(order, "REFUSED");
        assertThat(shop.stock(shirt).getLong("reserved")).isZero();
        assertThat(shop.stock(shoe).getLong("reserved")).isZero();
        var refused = awaitTold(1).getFirst().getJsonArray("refused");
        assertThat(refused).hasSize(1);
        assertThat(refused.getJsonObject(0))
                .isEqualTo(new JsonObject()
                        .put("line", 1)
                        .put("sku", "shoe")
                        .put("requested", 3)
                        .put("available", 2)
                        .put("reason", "TOO_FEW"));
    }

    /** A row from before reasons were kept: it is read as it is, and told without one. */
    @Test
    void givenARefusalWithoutAReason_whenItIsReadAndToldOnceMore_thenItHasNone() {
        shop.tellOrder(order, 1, "PLACED", shop.line(shop.stocked("shirt", 5), 6));
        shop.awaitReservation(order, "REFUSED");
        var id = Ledger.reservationOf(shop.tenant(), order).getFirst();
        Ledger.update(
                "update inventory.reservation set refused = refused #- '{0,reason}' where tenant = ?", shop.tenant());

        var ended = Retelling.run();

        assertThat(ended.path("state").asText()).as(ended.toString()).isEqualTo("SUCCEEDED");
        shop.as("readonly")
                .get("/v1/reservations/" + id)
                .then()
                .statusCode(200)
                .body("refused.available", contains(5))
                .body("refused.reason", contains(nullValue()));
        assertThat(awaitTold(2))
                .extracting(
                        state -> state.getJsonArray("refused").getJsonObject(0).getString("reason"))
                .containsExactly("TOO_FEW", null);
    }

    @Test
    void givenAVariantThatInventoryHasNeverHeardOf_thenItIsRefused() {
        shop.tellOrder(
                order, 1, "PLACED", shop.line(new Shop.Article(UUID.randomUUID(), UUID.randomUUID(), "ghost"), 1));

        shop.awaitReservation(order, "REFUSED");
    }

    @Test
    void givenThePaymentIsAuthorised_thenTheHoldIsFinal_andStaysWhenTheOrderIsConfirmed() {
        var shirt = shop.stocked("shirt", 5);
        shop.tellOrder(order, 1, "PLACED", shop.line(shirt, 3));
        shop.tellOrder(order, 2, "RESERVED", shop.line(shirt, 3));
        shop.tellOrder(order, 3, "AUTHORISED", shop.line(shirt, 3));
        shop.awaitReservation(order, "CONFIRMED");

        shop.tellOrder(order, 4, "CONFIRMED", shop.line(shirt, 3));
        shop.settleOrder(order);

        assertThat(shop.stock(shirt).getLong("reserved")).isEqualTo(3);
        assertThat(awaitTold(2)).extracting(state -> state.getString("status")).containsExactly("OPEN", "CONFIRMED");
        Ledger.assertBalanced(shop.tenant());
    }

    @ParameterizedTest
    @ValueSource(strings = {"REJECTED", "DECLINED", "EXPIRED", "CANCELLED"})
    void givenTheOrderEnds_thenItsUnitsAreFreeAgain_once(String end) {
        var shirt = shop.stocked("shirt", 5);
        shop.tellOrder(order, 1, "PLACED", shop.line(shirt, 3));
        shop.tellOrder(order, 2, end, shop.line(shirt, 3));
        shop.tellOrder(order, 3, end, shop.line(shirt, 3));

        shop.awaitReservation(order, "RELEASED");
        shop.settleOrder(order);

        assertThat(shop.stock(shirt).getLong("reserved")).isZero();
        assertThat(awaitTold(2)).hasSize(2);
        Ledger.assertBalanced(shop.tenant());
    }

    @Test
    void givenAConfirmedOrderIsCancelled_thenItsUnitsAreFreeAgain() {
        var shirt = shop.stocked("shirt", 5);
        shop.tellOrder(order, 1, "PLACED", shop.line(shirt, 3));
        shop.tellOrder(order, 2, "CONFIRMED", shop.line(shirt, 3));
        shop.tellOrder(order, 3, "CANCELLED", shop.line(shirt, 3));

        shop.awaitReservation(order, "RELEASED");

        assertThat(shop.stock(shirt).getLong("available")).isEqualTo(5);
    }

    @Test
    void givenAnOrderEndsInTheSameBatch_whenAnotherOneComesBeforeIt_thenTheUnitsAreFreeForIt() {
        var shirt = shop.stocked("shirt", 1);
        shop.tellOrder(order, 1, "PLACED", shop.line(shirt, 1));
        shop.awaitReservation(order, "OPEN");
        var next = UUID.randomUUID();
        var brief = UUID.randomUUID();

        consumer.apply(
                        new TenantId(shop.tenant()),
                        List.of(
                                event(brief, 1, "PLACED", shirt),
                                event(next, 1, "PLACED", shirt),
                                event(order, 2, "RESERVED", shirt),
                                event(order, 3, "DECLINED", shirt),
                                event(brief, 2, "CANCELLED", shirt)))
                .await()
                .atMost(Duration.ofSeconds(30));

        assertThat(Ledger.statusOf(shop.tenant(), order)).containsExactly("RELEASED");
        assertThat(Ledger.statusOf(shop.tenant(), next)).containsExactly("OPEN");
        assertThat(Ledger.statusOf(shop.tenant(), brief)).isSubsetOf("RELEASED", "REFUSED");
        Ledger.assertBalanced(shop.tenant());
    }

    private ChangeEvent<OrderState> event(UUID id, long version, String status, Shop.Article article) {
        return new ChangeEvent.Changed<>(
                new Envelope(
                        UUID.randomUUID(),
                        Topics.ORDER,
                        new TenantId(shop.tenant()),
                        id,
                        new Order(1, version),
                        Instant.now(),
                        null,
                        null),
                new OrderState(status, List.of(new OrderState.Line(0, article.id(), article.sku(), 1)), null));
    }

    @Test
    void givenTheCancelIsSeenBeforeItsReserve_thenTheReserveIsVoid() {
        var shirt = shop.stocked("shirt", 5);
        shop.tellOrder(order, 2, "CANCELLED", shop.line(shirt, 3));
        shop.tellOrder(order, 1, "PLACED", shop.line(shirt, 3));

        shop.settleOrder(order);

        shop.awaitReservation(order, "RELEASED");
        assertThat(shop.stock(shirt).getLong("available")).isEqualTo(5);
        assertThat(Ledger.query("select max(version) from inventory.stock_level where tenant = ?", shop.tenant()))
                .containsExactly("1");
    }

    @Test
    void givenEventsTwiceAndSwapped_thenTheUnitsAreHeldOnce() {
        var shirt = shop.stocked("shirt", 5);
        var placed = Shop.orderState(order, 1, "PLACED", shop.line(shirt, 3)).encode();
        var event = UUID.randomUUID();
        send(event, 1, placed);
        send(event, 1, placed);
        shop.tellOrder(order, 3, "CONFIRMED", shop.line(shirt, 3));
        shop.tellOrder(order, 2, "RESERVED", shop.line(shirt, 3));
        send(event, 1, placed);
        send(UUID.randomUUID(), 1, placed);

        shop.settleOrder(order);

        shop.awaitReservation(order, "CONFIRMED");
        assertThat(shop.stock(shirt).getLong("reserved")).isEqualTo(3);
        Ledger.assertBalanced(shop.tenant());
    }

    @Test
    void givenOnlyTheConfirmedStateIsLeftInTheLog_thenItIsHeldAndConfirmed() {
        var shirt = shop.stocked("shirt", 5);

        shop.tellOrder(order, 4, "CONFIRMED", shop.line(shirt, 3));

        shop.awaitReservation(order, "CONFIRMED");
        assertThat(shop.stock(shirt).getLong("reserved")).isEqualTo(3);
    }

    @Test
    void givenNoLocationHasAll_thenTheLineIsSplitOverThem() {
        shop.location("first", 1);
        shop.location("second", 2);
        var shirt = shop.article("shirt");
        shop.receive(shirt, 2, "second");
        shop.receive(shirt, 2, "first");

        shop.tellOrder(order, 1, "PLACED", shop.line(shirt, 3));

        shop.awaitReservation(order, "OPEN");
        var lines = awaitTold(1).getFirst().getJsonArray("lines");
        assertThat(lines.stream().map(line -> ((JsonObject) line).getLong("quantity")))
                .containsExactlyInAnyOrder(2L, 1L);
        assertThat(shop.stock(shirt).getLong("available")).isEqualTo(1);
        Ledger.assertBalanced(shop.tenant());
    }

    @Test
    void aReservationIsReadByItsTenantAlone() {
        var shirt = shop.stocked("shirt", 5);
        shop.tellOrder(order, 1, "PLACED", shop.line(shirt, 3));
        shop.awaitReservation(order, "OPEN");
        var path =
                "/v1/reservations/" + Ledger.reservationOf(shop.tenant(), order).getFirst();

        shop.as("admin")
                .get(path)
                .then()
                .statusCode(200)
                .header("ETag", "\"1\"")
                .body("orderId", equalTo(order.toString()))
                .body("lines.quantity", contains(3));
        shop.as("service").header("If-None-Match", "\"1\"").get(path).then().statusCode(304);
        shop.as("customer").get(path).then().statusCode(404);
        new Shop().as("admin").get(path).then().statusCode(404);
        shop.as("admin").get("/v1/reservations/" + UUID.randomUUID()).then().statusCode(404);
        shop.as("admin").get("/v1/reservations/nonsense").then().statusCode(404);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "not json",
                "{\"status\": \"PLACED\"}",
                "{\"status\": \"GIFT_WRAPPED\", \"lines\": []}",
                "{\"status\": \"PLACED\", \"lines\": []}",
                "{\"status\": \"PLACED\", \"lines\": [{\"line\": 0, \"sku\": \"S\", \"quantity\": 1}]}",
                "{\"status\": \"PLACED\", \"lines\": [{\"line\": 0, \"variantId\": \"0198c5d2-0000-7000-8000-000000000000\","
                        + " \"sku\": \"S\", \"quantity\": 0}]}"
            })
    void aPoisonedEventGoesToTheDeadLetters_andTheNextIsServed(String poison) {
        var shirt = shop.stocked("shirt", 5);
        var event = send(UUID.randomUUID(), 1, poison);
        shop.tellOrder(order, 2, "PLACED", shop.line(shirt, 3));

        shop.awaitReservation(order, "OPEN");
        eventually(() -> assertThat(EventLog.readAll(EventLog.topic("dlq", "inventory")))
                .anySatisfy(letter -> assertThat(Told.header(letter, "ce_id")).isEqualTo(event.toString())));
    }

    private UUID send(UUID event, long version, String data) {
        return ForeignEvents.send(
                Topics.ORDER, shop.tenant(), event, order, new Order(1, version), ChangeKind.CHANGED, data);
    }

    private List<JsonObject> awaitTold(int events) {
        eventually(() -> assertThat(told()).hasSize(events));
        return told();
    }

    private List<JsonObject> told() {
        return Told.states(Topics.RESERVATION, shop.tenant()).stream()
                .filter(state -> state.getString("orderId").equals(order.toString()))
                .toList();
    }
}
