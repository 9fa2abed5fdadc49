package io.souk.orders;

import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import io.souk.testing.Database;
import io.souk.testing.Tokens;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Duration;
import java.util.UUID;

import static io.restassured.RestAssured.given;
import static io.souk.orders.Shop.body;
import static io.souk.orders.Shop.key;
import static io.souk.orders.Shop.post;
import static io.souk.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;

/**
 * A service that dies between two steps leaves what it had committed and nothing else. Before a commit: the database ends the
 * connection while the step is written. After it: the rows stand there, and nobody has begun what should follow.
 */
@OrdersTest
class KilledTest {
    /** Calls that were under way are made again after 5 to 10 s. */
    private static final Duration LONG = Duration.ofSeconds(60);

    private final Shop shop = new Shop();

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 4})
    void givenAServiceThatDiesBeforeItCommitsAStep_thenTheStepIsTakenOnceAllTheSame(int version) {
        try (var owner = Database.of("orders", "owner")) {
            var trap = Trap.beforeStep(owner, shop.tenant(), version);
            try {
                var id = shop.place("tok_ok");
                var reservation = UUID.randomUUID();
                InventoryEvents.reservation(shop.tenant(), reservation, 1, id, "OPEN", "[]");
                eventually(LONG, () -> shop.get(id).body("status", equalTo("AUTHORISED")));
                InventoryEvents.reservation(shop.tenant(), reservation, 2, id, "CONFIRMED", "[]");

                eventually(
                        LONG,
                        () -> shop.get(id)
                                .body("status", equalTo("CONFIRMED"))
                                .body("timeline.status", contains("PLACED", "RESERVED", "AUTHORISED", "CONFIRMED")));
                shop.payment(id).body("status", equalTo("AUTHORISED"));
                assertThat(trap.sprung()).isTrue();
            } finally {
                trap.remove();
            }
        }
    }

    @Test
    void givenAServiceThatDiesBeforeItCommitsAnOrder_whenTheCustomerSendsItAgain_thenThereIsOne() {
        try (var owner = Database.of("orders", "owner")) {
            var trap = Trap.beforeStep(owner, shop.tenant(), 1);
            try {
                var key = key();
                post(key, shop.customer(), body(shop.sku(), 1, "tok_ok")).statusCode(503);

                post(key, shop.customer(), body(shop.sku(), 1, "tok_ok")).statusCode(202);

                shop.list().body("items", hasSize(1));
                assertThat(trap.sprung()).isTrue();
            } finally {
                trap.remove();
            }
        }
    }

    /** The provider has done it; that it is asked again, with the same key, is all that comes of it. */
    @ParameterizedTest
    @ValueSource(strings = {"VOID", "CAPTURE", "REFUND"})
    void givenAServiceThatDiesBeforeItWritesDownWhatTheProviderDid_thenItCountsOnceAllTheSame(String kind) {
        var id = shop.place("tok_ok");
        shop.confirm(id);
        var admin = Tokens.of(shop.tenant(), "admin");
        if (kind.equals("REFUND")) {
            move(id, admin, "captures");
            eventually(() -> shop.payment(id).body("captured.amount", equalTo(900)));
        }
        try (var owner = Database.of("orders", "owner")) {
            var trap = Trap.beforeAnswer(owner, shop.tenant(), kind);
            try {
                switch (kind) {
                    case "VOID" -> Shop.cancel(id, admin).statusCode(200);
                    case "CAPTURE" -> move(id, admin, "captures");
                    default -> move(id, admin, "refunds");
                }

                eventually(
                        LONG,
                        () -> shop.payment(id)
                                .body("status", equalTo(kind.equals("VOID") ? "VOIDED" : "AUTHORISED"))
                                .body("captured.amount", equalTo(kind.equals("VOID") ? 0 : 900))
                                .body("refunded.amount", equalTo(kind.equals("REFUND") ? 900 : 0)));
                assertThat(trap.sprung()).isTrue();
            } finally {
                trap.remove();
            }
        }
    }

    @Test
    void givenAServiceThatDiesBeforeItCommitsACancel_whenItIsCancelledAgain_thenItEndsOnce() {
        var id = shop.place("tok_ok");
        try (var owner = Database.of("orders", "owner")) {
            var trap = Trap.beforeStep(owner, shop.tenant(), 2);
            try {
                Shop.cancel(id, shop.customer()).statusCode(503);
                shop.get(id).body("status", equalTo("PLACED"));

                Shop.cancel(id, shop.customer()).statusCode(200).body("version", equalTo(2));

                assertThat(trap.sprung()).isTrue();
            } finally {
                trap.remove();
            }
        }
        shop.payment(id).body("status", equalTo("VOIDED"));
    }

    @Test
    void givenAServiceThatDiesBeforeItCommitsACompensation_thenTheOrderEndsAndItsMoneyGoesBackAllTheSame() {
        var id = shop.place("tok_ok");
        var reservation = UUID.randomUUID();
        InventoryEvents.reservation(shop.tenant(), reservation, 1, id, "OPEN", "[]");
        eventually(() -> shop.get(id).body("status", equalTo("AUTHORISED")));
        try (var owner = Database.of("orders", "owner")) {
            var trap = Trap.beforeStep(owner, shop.tenant(), 4);
            try {
                InventoryEvents.reservation(shop.tenant(), reservation, 2, id, "EXPIRED", "[]");

                eventually(
                        LONG,
                        () -> shop.get(id).body("status", equalTo("EXPIRED")).body("version", equalTo(4)));
                eventually(LONG, () -> shop.payment(id).body("status", equalTo("VOIDED")));
                assertThat(trap.sprung()).isTrue();
            } finally {
                trap.remove();
            }
        }
    }

    @Test
    void givenAServiceThatDiesBeforeItCommitsThatTheGoodsAreSentOrThere_whenTheShopSaysSoAgain_thenEachIsSoOnce() {
        var id = shop.place("tok_ok");
        shop.confirm(id);
        var key = key();
        try (var owner = Database.of("orders", "owner")) {
            var sending = Trap.beforeStep(owner, shop.tenant(), 5);
            try {
                fulfil(id, key).statusCode(503);
                shop.get(id).body("status", equalTo("CONFIRMED"));
                shop.payment(id).body("movements", empty());

                fulfil(id, key).statusCode(200).body("status", equalTo("FULFILLED"));

                assertThat(sending.sprung()).isTrue();
            } finally {
                sending.remove();
            }
            var arriving = Trap.beforeStep(owner, shop.tenant(), 6);
            try {
                deliver(id).statusCode(503);
                shop.get(id).body("status", equalTo("FULFILLED"));

                deliver(id).statusCode(200).body("status", equalTo("DELIVERED"));

                assertThat(arriving.sprung()).isTrue();
            } finally {
                arriving.remove();
            }
        }
        shop.get(id)
                .body("version", equalTo(6))
                .body(
                        "timeline.status",
                        contains("PLACED", "RESERVED", "AUTHORISED", "CONFIRMED", "FULFILLED", "DELIVERED"));
        eventually(() -> shop.payment(id).body("captured.amount", equalTo(900)).body("movements", hasSize(1)));
    }

    @Test
    void givenAServiceThatDiedAfterTheGoodsWereSent_thenTheirPaymentIsCapturedOnceAllTheSame() {
        var id = UUID.randomUUID();
        try (var owner = Database.of("orders", "owner")) {
            Planted.fulfilled(owner, shop.tenant(), id);
        }

        eventually(() ->
                shop.payment(id).body("captured.amount", equalTo(900)).body("movements.status", contains("SUCCEEDED")));
        shop.get(id).body("status", equalTo("FULFILLED"));
        deliver(id).statusCode(200).body("status", equalTo("DELIVERED"));
    }

    /** Order and cart are one commit: there is no end of which the cart does not know, and no open cart of an order under way. */
    @ParameterizedTest
    @CsvSource({"CONFIRMED, 4", "REJECTED, 2", "EXPIRED, 2", "CANCELLED, 2"})
    void givenAServiceThatDiesBeforeAnEndUnlocksTheCart_thenTheOrderEndsOnceAndTheCartIsOpenAllTheSame(
            String end, int version) {
        var ada = Carts.of(shop.customer());
        var cart = ada.open();
        ada.add(cart, shop.sku(), 2).statusCode(200);
        var id = UUID.fromString(
                ada.checkOut(cart, "\"2\"", key()).statusCode(202).extract().path("id"));
        try (var owner = Database.of("orders", "owner")) {
            var trap = Trap.beforeUnlock(owner, shop.tenant());
            try {
                switch (end) {
                    case "CONFIRMED" -> {
                        var reservation = UUID.randomUUID();
                        InventoryEvents.reservation(shop.tenant(), reservation, 1, id, "OPEN", "[]");
                        eventually(() -> shop.get(id).body("status", equalTo("AUTHORISED")));
                        InventoryEvents.reservation(shop.tenant(), reservation, 2, id, "CONFIRMED", "[]");
                    }
                    case "REJECTED" ->
                        InventoryEvents.reservation(shop.tenant(), UUID.randomUUID(), 1, id, "REFUSED", "[]");
                    case "EXPIRED" ->
                        owner.update(
                                "update orders.orders set deadline = now() - interval '1 second' where tenant = ?",
                                shop.tenant());
                    default -> {
                        Shop.cancel(id, shop.customer()).statusCode(503);
                        shop.get(id).body("status", equalTo("PLACED"));
                        ada.get(cart).body("status", equalTo("CHECKED_OUT"));
                        Shop.cancel(id, shop.customer()).statusCode(200);
                    }
                }

                eventually(LONG, () -> shop.get(id).body("status", equalTo(end)).body("version", equalTo(version)));
                assertThat(trap.sprung()).isTrue();
            } finally {
                trap.remove();
            }
        }
        ada.get(cart)
                .body("status", equalTo("OPEN"))
                .body("version", equalTo(4))
                .body("lines.quantity", end.equals("CONFIRMED") ? empty() : contains(2));
        ada.add(cart, shop.sku(), 1).statusCode(200);
    }

    private ValidatableResponse fulfil(UUID order, String key) {
        return given().auth()
                .oauth2(Tokens.of(shop.tenant(), "admin"))
                .contentType(ContentType.JSON)
                .header("Idempotency-Key", key)
                .body("{}")
                .post("/v1/orders/{id}/fulfilments", order)
                .then();
    }

    private ValidatableResponse deliver(UUID order) {
        return given().auth()
                .oauth2(Tokens.of(shop.tenant(), "admin"))
                .post("/v1/orders/{id}/deliver", order)
                .then();
    }

    private static void move(UUID order, String token, String what) {
        Shop.move(order, what, key(), "{}", token).statusCode(202);
    }

    @ParameterizedTest
    @CsvSource({
        "RESERVED, AUTHORISING, AUTHORISED, AUTHORISED",
        "CANCELLED, VOIDING, CANCELLED, VOIDED",
        "EXPIRED, VOIDING, EXPIRED, VOIDED",
        "REJECTED, VOIDING, REJECTED, VOIDED",
    })
    void givenAServiceThatDiedAfterACommit_thenTheProviderIsAskedAllTheSame(
            String order, String payment, String orderThen, String paymentThen) {
        var id = UUID.randomUUID();
        try (var owner = Database.of("orders", "owner")) {
            Planted.order(owner, shop.tenant(), id, order, payment);
        }

        eventually(() -> shop.payment(id).body("status", equalTo(paymentThen)));
        shop.get(id).body("status", equalTo(orderThen));
    }

    @Test
    void givenAServiceThatDiedAfterItsOrderWasPaid_whenInventoryHasConfirmed_thenTheOrderIsConfirmed() {
        var id = UUID.randomUUID();
        try (var owner = Database.of("orders", "owner")) {
            Planted.order(owner, shop.tenant(), id, "AUTHORISED", "AUTHORISED");
        }

        InventoryEvents.reservation(shop.tenant(), UUID.randomUUID(), 2, id, "CONFIRMED", "[]");

        eventually(() -> shop.get(id).body("status", equalTo("CONFIRMED")));
    }
}
