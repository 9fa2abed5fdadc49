package io.souk.orders;

import io.micrometer.core.instrument.MeterRegistry;
import io.restassured.response.ValidatableResponse;
import io.souk.testing.Retelling;
import io.souk.testing.Tokens;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Inject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;

import static io.souk.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;

/** Orders that take the place of what their customer holds. */
@OrdersTest
class HoldCheckoutTest {
    /** As many calls as the circuit breaker remembers. */
    private static final int WINDOW = 20;

    @Inject
    MeterRegistry metrics;

    private final Shop shop = new Shop();

    /** So many proper answers that no test feels the failures of the one before. */
    @BeforeEach
    void forgetFailures() {
        InventoryServer.heal();
        for (int i = 0; i < WINDOW; i++) {
            eventually(() -> place(Shop.key(), adas("EXPIRED")).statusCode(409));
        }
        InventoryServer.heal();
    }

    @AfterEach
    void heal() {
        InventoryServer.heal();
    }

    @Test
    void givenAnOwnOpenHold_whenItIsOrdered_thenEachEventSaysWhoseOnesPlaceTheOrderTakes_alsoWhenToldAgain() {
        var hold = adas("OPEN");
        var key = Shop.key();

        var id = UUID.fromString(place(key, hold).statusCode(202).extract().path("id"));

        assertThat(InventoryServer.asked()).isEqualTo(1);
        place(key, hold).statusCode(202).body("id", equalTo(id.toString()));
        assertThat(InventoryServer.asked()).as("a repetition asks nobody").isEqualTo(1);
        shop.confirm(id);
        eventually(() -> assertThat(replaces(id)).hasSize(4));
        assertThat(replaces(id)).containsOnly(hold);
        Retelling.assertAllIsToldAsItWas("orders", shop.tenant(), "order");
    }

    @Test
    void givenNoHoldIsNamed_thenNobodyIsAsked_andNoneIsTold() {
        var id = shop.place("tok_ok");

        eventually(() -> assertThat(shop.events(id)).hasSize(1));
        assertThat(replaces(id)).containsOnlyNulls();
        assertThat(InventoryServer.asked()).isZero();
    }

    @Test
    void givenACart_whenItIsCheckedOutInPlaceOfAHold_thenItsOrderSaysSo() {
        var hold = adas("OPEN");
        var carts = Carts.of(shop.customer());
        var cart = carts.open();
        carts.add(cart, shop.sku(), 2).statusCode(200);

        carts.checkOut(cart, carts.etag(cart), Shop.key(), """
                        {"payment":{"provider":"sandbox","token":"tok_ok"},"reservationId":"%s"}""".formatted(UUID.randomUUID()))
                .statusCode(422)
                .body("errors.pointer", contains("/reservationId"));
        var id = UUID.fromString(carts.checkOut(cart, carts.etag(cart), Shop.key(), """
                        {"payment":{"provider":"sandbox","token":"tok_ok"},"reservationId":"%s"}""".formatted(hold))
                .statusCode(202)
                .extract()
                .path("id"));

        eventually(() -> assertThat(replaces(id)).containsExactly(hold));
    }

    @Test
    void whatIsNoHoldOfTheCustomersIsRefused_whoeverMayReadIt() {
        var bob = Tokens.of(shop.tenant(), "customer", "bob", null);
        var auditor = Tokens.of(shop.tenant(), "customer readonly", "eve", null);
        var hold = InventoryServer.hold("ada", "OPEN", shop.customer(), auditor).toString();
        var ofOrder = InventoryServer.ofOrder(shop.customer()).toString();

        refused(place(bob, Shop.key(), hold));
        refused(place(auditor, Shop.key(), hold));
        refused(place(shop.customer(), Shop.key(), ofOrder));
        refused(place(shop.customer(), Shop.key(), UUID.randomUUID().toString()));
        place(shop.customer(), Shop.key(), "no id").statusCode(400);

        shop.list().body("items", empty());
    }

    @Test
    void givenACustomerWhoIsAMerchantToo_thenItHearsThatItHoldsNothing_andNoOperatorIsCalled_andItOrdersWithout() {
        var merchant = Tokens.of(shop.tenant(), "customer merchant", "mia", "a-vendor");
        double before = failures("forbidden");
        int asked = InventoryServer.asked();

        place(merchant, Shop.key(), UUID.randomUUID().toString())
                .statusCode(403)
                .body("type", endsWith("/forbidden"))
                .body("errors.pointer", contains("/reservationId"));

        assertThat(InventoryServer.asked()).isEqualTo(asked);
        assertThat(failures("forbidden")).isEqualTo(before);
        Shop.post(Shop.key(), merchant, Shop.body(shop.sku(), 1, "tok_ok")).statusCode(202);
    }

    @ParameterizedTest
    @ValueSource(strings = {"admin", "service"})
    void whoWorksForTheTenantOrdersInPlaceOfAnyOwners(String role) {
        var token = Tokens.of(shop.tenant(), role);
        var hold = InventoryServer.hold("cart-4711", "OPEN", token);

        place(token, Shop.key(), hold.toString()).statusCode(202);
    }

    @ParameterizedTest
    @ValueSource(strings = {"CONFIRMED", "SHIPPED", "RELEASED", "EXPIRED"})
    void givenTheHoldHasEnded_thenTheCustomerHearsHow_andMayOrderWithoutIt(String status) {
        var key = Shop.key();

        place(key, adas(status))
                .statusCode(409)
                .body("type", endsWith("/reservation-closed"))
                .body("errors.pointer", contains("/reservationId"))
                .body("errors.detail", contains("is " + status));

        Shop.post(key, shop.customer(), Shop.body(shop.sku(), 1, "tok_ok")).statusCode(202);
    }

    @ParameterizedTest
    @CsvSource({
        "401, 401, unauthenticated, unauthenticated",
        "403, 403, forbidden, forbidden",
        "429, 429, too-many-requests, limited",
        "400, 500, internal, refused",
        "500, 503, unavailable, unavailable"
    })
    void givenTheInventoryDoesNotAnswerProperly_thenNothingIsDone_andTheSameKeyOrdersLater(
            int answer, int status, String slug, String kind) {
        var hold = adas("OPEN");
        var key = Shop.key();
        double before = failures(kind);
        InventoryServer.goWrong(exchange -> PeerServer.send(exchange, answer, "{}"));

        place(key, hold).statusCode(status).body("type", endsWith("/" + slug));

        assertThat(failures(kind)).isEqualTo(before + 1);
        shop.list().body("items", empty());
        InventoryServer.heal();
        place(key, hold).statusCode(202);
        shop.list().body("items", hasSize(1));
    }

    @Test
    void givenTheInventoryHangsUp_thenItIsAskedOnceMore_andThen503SaysWhenToCome() {
        var hold = adas("OPEN");
        InventoryServer.goWrong(exchange -> {
            exchange.close();
            return true;
        });

        place(Shop.key(), hold).statusCode(503).header("Retry-After", notNullValue());

        assertThat(InventoryServer.asked()).isEqualTo(2);
        shop.list().body("items", empty());
    }

    @Test
    void givenAnAnswerThatCannotBeRead_thenItIsOurFault() {
        InventoryServer.goWrong(exchange -> PeerServer.send(exchange, 200, "{\"status\": 17"));

        place(Shop.key(), adas("OPEN")).statusCode(500);

        shop.list().body("items", empty());
    }

    private static void refused(ValidatableResponse answer) {
        answer.statusCode(422)
                .body("type", endsWith("/invalid"))
                .body("errors.pointer", contains("/reservationId"))
                .body("errors.detail", contains("is none of the customer's reservations"));
    }

    private String adas(String status) {
        return InventoryServer.hold("ada", status, shop.customer()).toString();
    }

    private ValidatableResponse place(String key, String hold) {
        return place(shop.customer(), key, hold);
    }

    private ValidatableResponse place(String token, String key, String hold) {
        var body = new JsonObject(Shop.body(shop.sku(), 1, "tok_ok")).put("reservationId", hold);
        return Shop.post(key, token, body.encode());
    }

    private List<String> replaces(UUID order) {
        return shop.events(order).stream()
                .map(event -> new JsonObject(new String(event.value(), StandardCharsets.UTF_8)).getString("replaces"))
                .toList();
    }

    private double failures(String kind) {
        return metrics.counter("souk.orders.inventory.failures", "kind", kind).count();
    }
}
