package io.souk.orders;

import io.restassured.response.ValidatableResponse;
import io.souk.testing.Database;
import io.souk.testing.Tokens;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

import static io.restassured.RestAssured.given;
import static io.souk.orders.Shop.key;
import static io.souk.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;

/**
 * Every order ends: each way there is, of an order that was a cart. Its timeline says what happened and why, its cart is open again,
 * and its money is where it belongs.
 */
@OrdersTest
class EndingsTest {
    private final Shop shop = new Shop();
    private final String admin = Tokens.of(shop.tenant(), "admin");
    private final Carts carts = Carts.of(shop.customer());
    private final UUID reservation = UUID.randomUUID();
    private UUID order = new UUID(0, 0);

    /** How it ends, what its payment's token says, where the money is then, and what its timeline says at last. */
    enum Ending {
        STOCK_REFUSED("tok_ok", "REJECTED", "VOIDED", "There is not enough stock for 1 line"),
        STOCK_NOT_RESERVED_IN_TIME(
                "tok_ok", "EXPIRED", "VOIDED", "The order expired: the stock was not reserved in time"),
        PAYMENT_DECLINED("tok_declined", "DECLINED", "DECLINED", "The payment was declined: The card was declined"),
        PAYMENT_NOT_ANSWERED_IN_TIME(
                "tok_timeout", "EXPIRED", "VOIDED", "The order expired: the payment was not authorised in time"),
        STOCK_LOST_WHILE_PAYING(
                "tok_timeout", "EXPIRED", "VOIDED", "The order expired: the reservation ran out before the payment"),
        STOCK_LOST_WHEN_PAID("tok_ok", "EXPIRED", "VOIDED", "The order expired: the reservation ran out"),
        STOCK_NOT_CONFIRMED_IN_TIME(
                "tok_ok", "EXPIRED", "VOIDED", "The order expired: the reservation was not confirmed in time"),
        CANCELLED_BY_CUSTOMER("tok_ok", "CANCELLED", "VOIDED", "The order was cancelled: by its customer"),
        CANCELLED_BY_SHOP("tok_ok", "CANCELLED", "VOIDED", "The order was cancelled: by the shop"),
        STOCK_LOST_AFTER_ALL(
                "tok_ok", "CANCELLED", "VOIDED", "The order was cancelled: its stock was lost after the confirmation"),
        ARRIVED("tok_ok", "DELIVERED", "AUTHORISED", "The goods have arrived");

        private final String token;
        private final String status;
        private final String payment;
        private final String note;

        Ending(String token, String status, String payment, String note) {
            this.token = token;
            this.status = status;
            this.payment = payment;
            this.note = note;
        }

        /** What was confirmed leaves an empty cart behind; all else leaves it as it was. */
        boolean wasConfirmed() {
            return this == STOCK_LOST_AFTER_ALL || this == CANCELLED_BY_SHOP || this == ARRIVED;
        }
    }

    @ParameterizedTest
    @EnumSource
    void givenACartThatWasCheckedOut_whenItsOrderEnds_thenTheTimelineSaysHowAndWhy_andTheCartIsOpenAgain(
            Ending ending) {
        var cart = carts.open();
        carts.add(cart, shop.sku(), 2).statusCode(200);
        order = UUID.fromString(carts.checkOut(cart, "\"2\"", key(), ending.token, null)
                .statusCode(202)
                .extract()
                .path("id"));

        bringAbout(ending);

        eventually(() -> shop.get(order).body("status", equalTo(ending.status)));
        shop.get(order)
                .body("timeline[-1].status", equalTo(ending.status))
                .body("timeline[-1].note", equalTo(ending.note));
        eventually(() -> shop.payment(order).body("status", equalTo(ending.payment)));
        assertThat(saidOfTheOrder()).first().isEqualTo("PLACED: The order was placed; its stock is being reserved");
        assertThat(saidOfTheOrder()).last().isEqualTo(ending.status + ": " + ending.note);
        carts.get(cart)
                .body("status", equalTo("OPEN"))
                .body("orderId", nullValue())
                .body("lines", hasSize(ending.wasConfirmed() ? 0 : 1));
        carts.add(cart, shop.sku(), 1).statusCode(200);
        toldToTheEnd();
    }

    private void bringAbout(Ending ending) {
        switch (ending) {
            case STOCK_REFUSED ->
                inventory(
                        1,
                        "REFUSED",
                        "[{\"line\":0,\"sku\":\"%s\",\"requested\":2,\"available\":1}]".formatted(shop.sku()));
            case STOCK_NOT_RESERVED_IN_TIME -> passDeadline();
            case PAYMENT_DECLINED -> inventory(1, "OPEN");
            case PAYMENT_NOT_ANSWERED_IN_TIME -> {
                reserved();
                passDeadline();
            }
            case STOCK_LOST_WHILE_PAYING -> {
                reserved();
                inventory(2, "EXPIRED");
            }
            case STOCK_LOST_WHEN_PAID -> {
                authorised();
                inventory(2, "EXPIRED");
            }
            case STOCK_NOT_CONFIRMED_IN_TIME -> {
                authorised();
                passDeadline();
            }
            case CANCELLED_BY_CUSTOMER -> {
                authorised();
                Shop.cancel(order, shop.customer()).statusCode(200);
            }
            case CANCELLED_BY_SHOP -> {
                shop.confirm(order);
                Shop.cancel(order, admin).statusCode(200);
            }
            case STOCK_LOST_AFTER_ALL -> {
                authorised();
                inventory(2, "CONFIRMED");
                is("CONFIRMED");
                inventory(3, "RELEASED");
            }
            case ARRIVED -> {
                shop.confirm(order);
                send("fulfilments").statusCode(200);
                send("deliver").statusCode(200);
            }
        }
    }

    private void reserved() {
        inventory(1, "OPEN");
        is("RESERVED");
    }

    private void authorised() {
        inventory(1, "OPEN");
        is("AUTHORISED");
    }

    private void inventory(long version, String status) {
        inventory(version, status, "[]");
    }

    private void inventory(long version, String status, String refused) {
        InventoryEvents.reservation(shop.tenant(), reservation, version, order, status, refused);
    }

    /** In full, as {@link Shop#events} sees to; nobody is told of a payment's first version. */
    private void toldToTheEnd() {
        eventually(() ->
                assertThat(shop.events(order)).hasSize(shop.get(order).extract().<Integer>path("version")));
        eventually(() -> {
            var payment = shop.payment(order).extract();
            assertThat(shop.paymentEvents(UUID.fromString(payment.path("id"))))
                    .hasSize(payment.<Integer>path("version") - 1);
        });
    }

    private void is(String status) {
        eventually(() -> shop.get(order).body("status", equalTo(status)));
    }

    private void passDeadline() {
        try (var worker = Database.of("orders", "worker")) {
            worker.update(
                    "update orders.orders set deadline = now() - interval '1 second' where tenant = ?", shop.tenant());
        }
    }

    private ValidatableResponse send(String what) {
        return given().auth()
                .oauth2(admin)
                .contentType("application/json")
                .header("Idempotency-Key", key())
                .body("{}")
                .post("/v1/orders/{id}/{what}", order, what)
                .then();
    }

    /** By the timeline that has the payment's calls, too. */
    private List<String> saidOfTheOrder() {
        var timeline = given().auth()
                .oauth2(shop.customer())
                .get("/v1/orders/{id}/timeline", order)
                .then()
                .statusCode(200)
                .extract();
        List<String> what = timeline.path("items.findAll { it.kind == 'ORDER' }.what");
        List<String> notes = timeline.path("items.findAll { it.kind == 'ORDER' }.note");
        var said = new ArrayList<String>();
        for (int i = 0; i < what.size(); i++) {
            said.add(what.get(i) + ": " + notes.get(i));
        }
        return said;
    }
}
