package io.souk.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

import static io.souk.e2e.Shop.expect;
import static io.souk.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

/** From a guest's cart to the last cent. */
@Order(1)
@Timeout(600)
@ExtendWith(TellsLogs.class)
class CheckoutJourneyTest {
    private final Souk souk = Souk.stack();
    private final Shop shop = new Shop(souk);
    private final String sku = "HALVA-" + shop.tenant();

    @Test
    void givenAGuestWithACart_whenTheGuestLogsIn_thenTheCustomersCartHasBothAndIsBought() {
        var other = "TAHINI-" + shop.tenant();
        shop.sell(sku, null, "Halva", 700);
        shop.sell(other, null, "Tahini", 800);
        shop.receive(sku, 5);
        shop.receive(other, 5);
        var mine = cart(expect(201, shop.buy("POST", "/v1/carts", "{\"currency\": \"USD\"}")));
        expect(200, shop.buy("POST", mine + "/lines", line(sku, 1)));
        var storefront = souk.token(shop.tenant(), "service", "storefront");
        var opened =
                expect(201, shop.send(storefront, "POST", "/v1/carts", "{\"currency\": \"USD\", \"guest\": true}"));
        var guests = cart(opened);
        var bearing =
                new String[] {"Souk-Cart-Token", opened.body().path("token").asText()};
        expect(200, shop.send(storefront, "POST", guests + "/lines", line(sku, 2), bearing));
        expect(200, shop.send(storefront, "POST", guests + "/lines", line(other, 1), bearing));

        expect(404, shop.buy("POST", guests + "/merge", null));
        var merged = expect(200, shop.buy("POST", guests + "/merge", null, bearing));

        assertThat(cart(merged)).isEqualTo(mine);
        assertThat(merged.body().path("lines"))
                .extracting(
                        line -> line.path("sku").asText(),
                        line -> line.path("quantity").asLong())
                .containsExactlyInAnyOrder(tuple(sku, 3L), tuple(other, 1L));
        assertThat(expect(200, shop.buy("POST", guests + "/merge", null, bearing))
                        .header("etag"))
                .as("merging again adds nothing")
                .isEqualTo(merged.header("etag"));
        var gone = expect(409, shop.send(storefront, "POST", guests + "/lines", line(sku, 1), bearing))
                .body();
        assertThat(gone.path("type").asText()).endsWith("/cart-merged");
        assertThat(mine).endsWith(gone.path("cartId").asText());

        var order = expect(200, shop.checkOut(mine, merged.header("etag"))).body();

        assertThat(order.path("status").asText()).isEqualTo("CONFIRMED");
        assertThat(order.at("/total/amount").asLong()).isEqualTo(2_900);
        eventually(() -> assertThat(
                        expect(200, shop.buy("GET", mine, null)).body().path("lines"))
                .isEmpty());
    }

    private static String cart(Shop.Answer answer) {
        return "/v1/carts/" + answer.body().path("id").asText();
    }

    private static String line(String sku, int quantity) {
        return "{\"sku\": \"%s\", \"quantity\": %d}".formatted(sku, quantity);
    }

    @Test
    void givenTaxRates_whenAnOrderGoesWhereTheyAreAdded_thenItExplainsItsTotal() {
        var bread = "PITA-" + shop.tenant();
        shop.sell(sku, null, "Halva plate", 450);
        shop.sell(
                "{\"name\": \"Pita\", \"type\": \"grocery\", \"variants\": [{\"sku\": \"%s\"}]}".formatted(bread),
                bread,
                399);
        shop.receive(sku, 2);
        shop.receive(bread, 1);
        expect(200, shop.manage("PUT", "/v1/tax-rates", """
                {"rates": [{"country": "US", "region": "NY", "rateMillionths": 88750, "inclusive": false},
                 {"country": "US", "region": "NY", "category": "grocery", "rateMillionths": 0, "inclusive": false}]}""", "If-None-Match", "*"));

        var nowhere = expect(422, order(bread, "")).body();
        assertThat(nowhere.at("/errors/0/pointer").asText()).isEqualTo("/shipTo");
        var order = expect(200, order(bread, "\"shipTo\": {\"country\": \"US\", \"region\": \"NY\"},"))
                .body();

        assertThat(order.path("status").asText()).isEqualTo("CONFIRMED");
        assertThat(order.path("lines"))
                .extracting(
                        line -> line.at("/amount/amount").asLong(),
                        line -> line.at("/tax/rateMillionths").asLong(-1),
                        line -> line.at("/tax/amount/amount").asLong(-1),
                        line -> line.at("/total/amount").asLong())
                .containsExactly(tuple(900L, 88_750L, 80L, 980L), tuple(399L, 0L, 0L, 399L)); // 79.875 of tax
        assertThat(order.at("/totals/amount/amount").asLong()).isEqualTo(1_299);
        assertThat(order.at("/totals/taxAdded/amount").asLong()).isEqualTo(80);
        assertThat(order.at("/total/amount").asLong()).isEqualTo(1_379);
        assertThat(payment("/v1/orders/" + order.path("id").asText())
                        .at("/amount/amount")
                        .asLong())
                .isEqualTo(1_379);
    }

    /** Two plates and a bread. */
    private Shop.Answer order(String bread, String shipTo) {
        return shop.buy(
                "POST",
                "/v1/orders",
                """
                {"currency": "USD", %s "lines": [{"sku": "%s", "quantity": 2}, {"sku": "%s", "quantity": 1}],
                 "payment": {"provider": "sandbox", "token": "tok_ok"}}""".formatted(shipTo, sku, bread),
                "Idempotency-Key",
                Shop.key(),
                "Prefer",
                "wait=30");
    }

    @Test
    void givenAConfirmedOrder_whenItsPaymentIsCapturedAndRefundedInParts_thenItsHistoryHasEachOfThem() {
        shop.sell(sku, null, "Halva", 700);
        shop.receive(sku, 2);
        var order = "/v1/orders/"
                + expect(200, shop.order(Shop.key(), sku, 2, "tok_ok", 30))
                        .body()
                        .path("id")
                        .asText();

        move(order, "captures", amount(500), 500, 0);
        var kept = expect(409, shop.buy("POST", order + "/cancel", null)).body();
        assertThat(kept.path("type").asText()).endsWith("/payment-captured");
        move(order, "refunds", amount(200), 500, 200);
        move(order, "captures", "{}", 1_400, 200);
        var tooMuch = expect(409, ask(order, "refunds", amount(1_201))).body();
        assertThat(tooMuch.path("type").asText()).endsWith("/amount-exceeded");
        assertThat(tooMuch.at("/left/amount").asLong()).isEqualTo(1_200);

        var payment = payment(order);
        assertThat(payment.path("status").asText()).isEqualTo("AUTHORISED");
        assertThat(payment.path("movements"))
                .extracting(
                        movement -> movement.path("kind").asText(),
                        movement -> movement.path("status").asText(),
                        movement -> movement.at("/amount/amount").asLong())
                .containsExactly(
                        tuple("CAPTURE", "SUCCEEDED", 900L),
                        tuple("REFUND", "SUCCEEDED", 200L),
                        tuple("CAPTURE", "SUCCEEDED", 500L));
        assertThat(payment.path("transactions"))
                .extracting(
                        call -> call.path("kind").asText(),
                        call -> call.path("outcome").asText(),
                        call -> call.at("/amount/amount").asLong())
                .containsExactly(
                        tuple("AUTHORISE", "SUCCEEDED", 1_400L),
                        tuple("CAPTURE", "SUCCEEDED", 500L),
                        tuple("REFUND", "SUCCEEDED", 200L),
                        tuple("CAPTURE", "SUCCEEDED", 900L));
        assertThat(expect(200, shop.buy("GET", order + "/timeline", null))
                        .body()
                        .findValuesAsText("note"))
                .contains("The provider captured 500 minor units", "The provider refunded 200 minor units");
        assertThat(souk.run("verify", "orders", "--tenant", shop.tenant())).contains("1 orders: 0 findings");
    }

    private static String amount(long amount) {
        return "{\"amount\": {\"amount\": %d, \"currency\": \"USD\"}}".formatted(amount);
    }

    private Shop.Answer ask(String order, String movements, String body) {
        return shop.manage("POST", order + "/payment/" + movements, body, "Idempotency-Key", Shop.key());
    }

    /** Comes back when the provider has answered, and so much is captured and refunded. */
    private void move(String order, String movements, String body, long captured, long refunded) {
        expect(202, ask(order, movements, body));
        eventually(() -> {
            var payment = payment(order);
            assertThat(payment.at("/captured/amount").asLong()).isEqualTo(captured);
            assertThat(payment.at("/refunded/amount").asLong()).isEqualTo(refunded);
        });
    }

    private JsonNode payment(String order) {
        return expect(200, shop.buy("GET", order + "/payment", null)).body();
    }
}
