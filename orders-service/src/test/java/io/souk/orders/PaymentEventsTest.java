package io.souk.orders;

import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import io.souk.testing.Tokens;
import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;

import static io.restassured.RestAssured.given;
import static io.souk.orders.Shop.key;
import static io.souk.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

/** What the world is told of payments: every version from the first question to the provider on, in order. */
@OrdersTest
class PaymentEventsTest {
    private final Shop shop = new Shop();

    @Test
    void givenAPaidOrder_whenItIsCapturedAndRefundedInParts_thenEachVersionIsToldWithAllItsMoney() {
        var order = shop.place("tok_ok");
        shop.confirm(order);
        move(order, "captures", 500);
        eventually(() -> shop.payment(order).body("captured.amount", equalTo(500)));
        move(order, "refunds", 100);
        eventually(() -> shop.payment(order).body("refunded.amount", equalTo(100)));

        eventually(() -> {
            var told = events(order);
            assertThat(told.stream().map(event -> event.getLong("version"))).containsExactly(2L, 3L, 4L, 5L, 6L, 7L);
            assertThat(told.stream().map(event -> event.getString("status")).distinct())
                    .containsExactly("AUTHORISING", "AUTHORISED");
            assertThat(told.stream().map(event -> event.getLong("capturing.amount")))
                    .containsExactly(0L, 0L, 500L, 0L, 0L, 0L);
            assertThat(told.getFirst().getList("changed")).contains("status", "amount");
            var last = told.getLast();
            assertThat(last.getUUID("orderId")).isEqualTo(order);
            assertThat(last.getLong("amount.amount")).isEqualTo(900);
            assertThat(last.getLong("captured.amount")).isEqualTo(500);
            assertThat(last.getLong("refunded.amount")).isEqualTo(100);
            assertThat(last.getList("changed")).containsExactly("refunded", "refunding");
        });
    }

    @Test
    void givenAnOrderWithoutStock_whenItIsRejected_thenItsPaymentIsToldOnceAsVoided() {
        var order = shop.place("tok_ok");

        InventoryEvents.reservation(shop.tenant(), UUID.randomUUID(), 1, order, "REFUSED", "[]");

        eventually(() -> assertThat(events(order).stream().map(event -> event.getString("status")))
                .containsExactly("VOIDED"));
    }

    @Test
    void givenADeclinedOrder_whenItsPaymentIsTold_thenItNamesNeitherItsTokenNorItsCustomer() {
        var order = shop.place("tok_declined");
        InventoryEvents.reservation(shop.tenant(), UUID.randomUUID(), 1, order, "OPEN", "[]");

        eventually(() -> assertThat(events(order).stream().map(event -> event.getString("status")))
                .containsExactly("AUTHORISING", "DECLINED"));

        assertThat(events(order))
                .allSatisfy(event -> assertThat(event.prettify())
                        .doesNotContain("tok_declined")
                        .doesNotContain("ada"));
    }

    private List<JsonPath> events(UUID order) {
        String payment = shop.payment(order).extract().path("id");
        return shop.paymentEvents(UUID.fromString(payment)).stream()
                .map(event -> JsonPath.from(new String(event.value(), StandardCharsets.UTF_8)))
                .toList();
    }

    private void move(UUID order, String what, long amount) {
        given().auth()
                .oauth2(Tokens.of(shop.tenant(), "admin"))
                .contentType(ContentType.JSON)
                .header("Idempotency-Key", key())
                .body("{\"amount\":{\"amount\":%d,\"currency\":\"USD\"}}".formatted(amount))
                .post("/v1/orders/{id}/payment/{what}", order, what)
                .then()
                .statusCode(202);
    }
}
