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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;

import static io.souk.inventory.reservation.ReservationStatus.EXPIRED;
import static io.souk.inventory.reservation.ReservationStatus.OPEN;
import static io.souk.inventory.reservation.ReservationStatus.RELEASED;
import static io.souk.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

/** An order that takes the place of its customer's hold. */
@InventoryTest
class ReplacedByOrderTest {
    private static final Duration DEADLINE = Duration.ofSeconds(30);

    private final Shop shop = new Shop();
    private final UUID order = UUID.randomUUID();

    @Inject
    FollowOrder followOrder;

    @Inject
    ExpireReservations expireReservations;

    @Test
    void givenTheCustomerHoldsTheLastUnit_whenItIsOrderedInPlaceOfTheHold_thenTheOrderHasItAndTheHoldEndsOnce() {
        var shirt = shop.stocked("shirt", 1);
        var hold = held(shirt, 1);

        var event = shop.tellOrder(order, 1, "PLACED", hold, shop.line(shirt, 1));
        shop.awaitReservation(order, "OPEN");
        follow(event, order, "PLACED", shirt, 1, hold);
        shop.tellOrder(order, 1, "PLACED", hold, shop.line(shirt, 1));
        shop.settleOrder(order);

        assertThat(shop.stock(shirt).getLong("reserved")).isEqualTo(1);
        assertThat(Stories.of(shop.tenant())).containsEntry(hold, List.of(OPEN, RELEASED));
        assertThat(Stories.of(shop.tenant()))
                .containsEntry(Ledger.reservationOf(shop.tenant(), order).getFirst(), List.of(OPEN));
        Ledger.assertBalanced(shop.tenant());
    }

    @Test
    void givenTheOrderAsksForMoreThanThereIs_whenItIsRefused_thenTheHoldStays() {
        var shirt = shop.stocked("shirt", 5);
        var hold = held(shirt, 4);

        shop.tellOrder(order, 1, "PLACED", hold, shop.line(shirt, 6));
        shop.awaitReservation(order, "REFUSED");

        eventually(() -> assertThat(Told.states(Topics.RESERVATION, shop.tenant()))
                .filteredOn(state -> order.toString().equals(state.getString("orderId")))
                .singleElement()
                .satisfies(state -> assertThat(
                                state.getJsonArray("refused").getJsonObject(0).getLong("available"))
                        .isEqualTo(5)));
        assertThat(statusOf(hold)).isEqualTo("OPEN");
        assertThat(shop.stock(shirt).getLong("reserved")).isEqualTo(4);
        Ledger.assertBalanced(shop.tenant());
    }

    @ParameterizedTest
    @ValueSource(strings = {"EXPIRED", "RELEASED", "CONFIRMED", "gone", "an order's"})
    void givenTheHoldMakesNoRoomAnyMore_thenItIsPassedOver_andTheOrderCompetesWithAll(String end) {
        var shirt = shop.stocked("shirt", 2);
        var hold = ended(shirt, end);
        boolean holdsStill = end.equals("CONFIRMED") || end.equals("an order's");

        shop.tellOrder(order, 1, "PLACED", hold, shop.line(shirt, 2));

        shop.awaitReservation(order, holdsStill ? "REFUSED" : "OPEN");
        assertThat(shop.stock(shirt).getLong("reserved")).isEqualTo(holdsStill ? 1 : 2);
        Ledger.assertBalanced(shop.tenant());
    }

    @Test
    void givenTheTimeOfTheHoldIsOverButNobodyHasSweptIt_thenItMakesRoomAllTheSame() {
        var shirt = shop.stocked("shirt", 1);
        var hold = held(shirt, 1);

        runOutIn(hold, "0 seconds");
        follow(UUID.randomUUID(), order, "PLACED", shirt, 1, hold);

        assertThat(Ledger.statusOf(shop.tenant(), order)).containsExactly("OPEN");
        assertThat(statusOf(hold)).isIn("RELEASED", "EXPIRED"); // the clock may have been faster
        Ledger.assertBalanced(shop.tenant());
    }

    @Test
    void givenTwoOrdersInPlaceOfOneHold_thenTheFirstHasItsUnitsAndTheOtherCompetesWithAll() {
        for (int round = 0; round < 5; round++) {
            var shirt = shop.stocked("shirt" + round, 3);
            var hold = held(shirt, 3);
            var orders = Stream.generate(UUID::randomUUID).limit(8).toList();

            Race.all(16, i -> follow(UUID.randomUUID(), orders.get(i % 8), "PLACED", shirt, 2, hold));

            assertThat(orders.stream().flatMap(id -> Ledger.statusOf(shop.tenant(), id).stream()))
                    .hasSize(8)
                    .containsOnlyOnce("OPEN")
                    .containsOnly("OPEN", "REFUSED");
            assertThat(statusOf(hold)).isEqualTo("RELEASED");
            assertThat(shop.stock(shirt).getLong("reserved")).isEqualTo(2);
            Ledger.assertBalanced(shop.tenant());
        }
    }

    @Test
    void givenAllThatCanEndTheHoldRacesTheOrder_thenItEndsOnceAndNothingIsOversold() {
        var shirt = shop.stocked("shirt", 100);
        var orderOf = new HashMap<String, UUID>();

        // Up to five others come of each round, and a customer may not have more than 20 that are open.
        for (int round = 0; round < 3; round++) {
            var hold = held(shirt, 2);
            var id = UUID.randomUUID();
            orderOf.put(hold, id);
            runOutIn(hold, "20 milliseconds");
            Race.all(25, i -> switch (i % 5) {
                case 0 -> act(ada(), hold, "release").statusCode();
                case 1 -> act(ada(), hold, "renew").statusCode();
                case 2 -> reserve(body(shirt, 1).put("replaces", hold)).statusCode();
                case 3 -> follow(UUID.randomUUID(), id, "PLACED", shirt, 2, hold);
                default -> expireReservations.sweep().await().atMost(DEADLINE);
            });
            Ledger.assertBalanced(shop.tenant());
        }
        orderOf.keySet()
                .forEach(hold -> eventually(() -> assertThat(statusOf(hold)).isNotEqualTo("OPEN")));

        var stories = Stories.of(shop.tenant());
        orderOf.forEach((hold, id) -> {
            assertThat(Objects.requireNonNull(stories.get(hold)))
                    .isIn(
                            List.of(OPEN, RELEASED),
                            List.of(OPEN, EXPIRED),
                            List.of(OPEN, OPEN, RELEASED),
                            List.of(OPEN, OPEN, EXPIRED));
            assertThat(Ledger.statusOf(shop.tenant(), id)).containsExactly("OPEN");
        });
        Ledger.assertBalanced(shop.tenant());
    }

    @ParameterizedTest
    @ValueSource(strings = {"CONFIRMED", "FULFILLED"})
    void givenOnlyARestoreCanHaveLostTheOrdersReservation_whenItIsMadeAnew_thenTheHoldIsNotInItsWayEither(
            String status) {
        var shirt = shop.stocked("shirt", 1);
        var hold = held(shirt, 1);

        shop.tellOrder(order, 4, status, hold, shop.line(shirt, 1));

        shop.awaitReservation(order, status.equals("FULFILLED") ? "SHIPPED" : "CONFIRMED");
        assertThat(statusOf(hold)).isEqualTo("RELEASED");
        Ledger.assertBalanced(shop.tenant());
    }

    /** One unit's reservation that came to this. */
    private String ended(Article article, String end) {
        return switch (end) {
            case "gone" -> UUID.randomUUID().toString();
            case "an order's" -> ofOrder(article);
            default -> ofAda(article, end);
        };
    }

    private String ofOrder(Article article) {
        var other = UUID.randomUUID();
        shop.tellOrder(other, 1, "PLACED", shop.line(article, 1));
        shop.awaitReservation(other, "OPEN");
        return Ledger.reservationOf(shop.tenant(), other).getFirst();
    }

    private String ofAda(Article article, String end) {
        var hold = held(article, 1);
        if (end.equals("EXPIRED")) {
            runOutIn(hold, "0 seconds");
            expireReservations.sweep().await().atMost(DEADLINE);
        } else {
            var by = end.equals("CONFIRMED") ? Tokens.of(shop.tenant(), "service") : ada();
            act(by, hold, end.equals("CONFIRMED") ? "confirm" : "release")
                    .then()
                    .statusCode(200);
        }
        eventually(() -> assertThat(statusOf(hold)).isEqualTo(end));
        return hold;
    }

    private Void follow(UUID event, UUID id, String status, Article article, long units, String replaces) {
        var lines = List.of(new OrderState.Line(0, article.id(), article.sku(), units));
        return followOrder
                .follow(
                        new TenantId(shop.tenant()),
                        event,
                        id,
                        new OrderState(status, lines, UUID.fromString(replaces)))
                .await()
                .atMost(DEADLINE);
    }

    private String held(Article article, long units) {
        var made = reserve(body(article, units));
        made.then().statusCode(201);
        return made.jsonPath().getString("id");
    }

    private Response reserve(JsonObject body) {
        return Shop.with(ada())
                .header("Idempotency-Key", UUID.randomUUID())
                .body(body.encode())
                .post("/v1/reservations");
    }

    private Response act(String token, String hold, String action) {
        var request = Shop.with(token).header("If-Match", "\"1\"");
        if (action.equals("renew")) {
            request.body("{\"ttlSeconds\": 1}");
        }
        return request.post("/v1/reservations/" + hold + "/" + action);
    }

    private String ada() {
        return Tokens.of(shop.tenant(), "customer", "ada", null);
    }

    private static JsonObject body(Article article, long units) {
        return new JsonObject()
                .put(
                        "lines",
                        new JsonArray()
                                .add(new JsonObject().put("sku", article.sku()).put("quantity", units)));
    }

    private static String statusOf(String id) {
        return Ledger.query("select status from inventory.reservation where id = ?", UUID.fromString(id))
                .getFirst();
    }

    private static void runOutIn(String id, String interval) {
        Ledger.update(
                "update inventory.reservation set expires_at = now() + ?::interval where id = ?",
                interval,
                UUID.fromString(id));
    }
}
