package io.souk.e2e;

import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

import java.time.Instant;

import static io.souk.e2e.Shop.expect;
import static io.souk.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

/** What a client holds by itself, without an order. */
@Order(1)
@Timeout(600)
@ExtendWith(TellsLogs.class)
class ReservationJourneyTest {
    private final Souk souk = Souk.stack();
    private final Shop shop = new Shop(souk);
    private final String bob = souk.token(shop.tenant(), "customer", "bob");
    private final String sku = "CANDLE-" + shop.tenant();

    @Test
    void givenACustomerWhoHoldsUnits_whenTheHoldIsRenewedConfirmedAndReleased_thenOthersGetThemOnlyAfterwards() {
        var id = shop.sell(sku, null, "Candle", 600);
        shop.receive(sku, 5);

        var held = expect(201, hold(shop.customer(), 3, 600)).body();

        assertThat(held.path("status").asText()).isEqualTo("OPEN");
        assertThat(held.path("owner").asText()).isEqualTo("ada");
        assertThat(held.at("/lines/0/quantity").asLong()).isEqualTo(3);
        assertThat(shop.stock(sku).path("reserved").asLong()).isEqualTo(3);
        eventually(() ->
                assertThat(shop.card(id).at("/availability/available").asLong()).isEqualTo(2));
        var refused = expect(409, hold(bob, 3, 600)).body();
        assertThat(refused.path("type").asText()).endsWith("/out-of-stock");
        assertThat(refused.at("/refused/0/sku").asText()).isEqualTo(sku);
        assertThat(refused.at("/refused/0/available").asLong()).isEqualTo(2);

        var path = "/v1/reservations/" + held.path("id").asText();
        expect(404, shop.send(bob, "GET", path, null));
        var renewed = expect(200, shop.buy("POST", path + "/renew", "{\"ttlSeconds\": 7200}", "If-Match", "\"1\""))
                .body();
        assertThat(Instant.parse(renewed.path("expiresAt").asText()))
                .isAfter(Instant.parse(held.path("expiresAt").asText()));

        expect(403, shop.buy("POST", path + "/confirm", null, "If-Match", "\"2\""));
        var confirmed = expect(200, shop.manage("POST", path + "/confirm", null, "If-Match", "\"2\""))
                .body();
        assertThat(confirmed.path("status").asText()).isEqualTo("CONFIRMED");

        expect(409, shop.buy("POST", path + "/release", null, "If-Match", "\"3\""));
        var released = expect(200, shop.manage("POST", path + "/release", null, "If-Match", "\"3\""))
                .body();
        assertThat(released.path("status").asText()).isEqualTo("RELEASED");

        expect(201, hold(bob, 5, 600));
        assertThat(shop.movements(sku)).as("nothing has left").hasSize(1);
        eventually(() -> assertThat(shop.told("inventory", "reservation"))
                .filteredOn(event -> path.endsWith(event.path("subject").asText()))
                .extracting(event -> event.at("/data/status").asText())
                .containsExactly("OPEN", "OPEN", "CONFIRMED", "RELEASED"));
        assertThat(souk.run("verify", "inventory", "--tenant", shop.tenant())).contains(": 0 findings");
    }

    @Test
    void givenAHold_whenItsTimeIsOver_thenItsUnitsAreFreeByThemselves() {
        shop.sell(sku, null, "Candle", 600);
        shop.receive(sku, 5);
        var path = "/v1/reservations/"
                + expect(201, hold(shop.customer(), 5, 1)).body().path("id").asText();

        eventually(() -> assertThat(expect(200, shop.buy("GET", path, null))
                        .body()
                        .path("status")
                        .asText())
                .isEqualTo("EXPIRED"));

        expect(201, hold(bob, 5, 600));
    }

    @Test
    void givenACustomerWhoHoldsTheLastUnit_whenSheOrdersIt_thenTheOrderTakesThePlaceOfTheHold() {
        shop.sell(sku, null, "Candle", 600);
        shop.receive(sku, 1);
        var id = expect(201, hold(shop.customer(), 1, 600)).body().path("id").asText();

        var foreign = expect(422, order(bob, id)).body();
        assertThat(foreign.at("/errors/0/pointer").asText()).isEqualTo("/reservationId");
        var order = expect(200, order(shop.customer(), id)).body();

        assertThat(order.path("status").asText()).isEqualTo("CONFIRMED");
        var hold = expect(200, shop.buy("GET", "/v1/reservations/" + id, null)).body();
        assertThat(hold.path("status").asText()).isEqualTo("RELEASED");
        assertThat(shop.stock(sku).path("reserved").asLong()).isEqualTo(1);
        var late = expect(409, order(shop.customer(), id)).body();
        assertThat(late.path("type").asText()).endsWith("/reservation-closed");
        assertThat(souk.run("verify", "inventory", "--tenant", shop.tenant())).contains(": 0 findings");
    }

    private Shop.Answer order(String token, String reservation) {
        var body = """
                {"currency": "USD", "lines": [{"sku": "%s", "quantity": 1}], "reservationId": "%s",
                 "payment": {"provider": "sandbox", "token": "tok_ok"}}""".formatted(sku, reservation);
        return shop.send(token, "POST", "/v1/orders", body, "Idempotency-Key", Shop.key(), "Prefer", "wait=30");
    }

    private Shop.Answer hold(String token, int quantity, int seconds) {
        var body = "{\"lines\": [{\"sku\": \"%s\", \"quantity\": %d}], \"ttlSeconds\": %d}"
                .formatted(sku, quantity, seconds);
        return shop.send(token, "POST", "/v1/reservations", body, "Idempotency-Key", Shop.key());
    }
}
