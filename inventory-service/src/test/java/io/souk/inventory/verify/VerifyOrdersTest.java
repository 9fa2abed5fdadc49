package io.souk.inventory.verify;

import io.restassured.response.ValidatableResponse;
import io.souk.inventory.InventoryTest;
import io.souk.inventory.Ledger;
import io.souk.inventory.Shop;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.UUID;
import java.util.stream.Stream;

import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

/** What is held for orders, and what orders says that must be. */
@InventoryTest
class VerifyOrdersTest {
    private final Shop shop = new Shop();
    private final Shop.Article shirt = shop.stocked("SHIRT", 10);

    @Test
    void whatLivesForOrdersIsTold_onceItHasSettled() {
        var open = reserved("PLACED", "OPEN");
        var confirmed = reserved("CONFIRMED", "CONFIRMED");
        var released = reserved("PLACED", "OPEN");
        shop.tellOrder(released, 2, "CANCELLED");
        shop.awaitReservation(released, "RELEASED");
        reserveForAClient();
        held(null).body("reservations", empty());

        settle();
        reserved("PLACED", "OPEN");

        held(null)
                .body("reservations", hasSize(2))
                .body("reservations.find { it.orderId == '%s' }.status".formatted(open), equalTo("OPEN"))
                .body("reservations.find { it.orderId == '%s' }.status".formatted(confirmed), equalTo("CONFIRMED"))
                .body("reservations.find { it.orderId == '%s' }.id".formatted(open), equalTo(reservationOf(open)))
                .body("next", nullValue());
    }

    @Test
    void moreThanAPartHoldsComesWithTheNextPart() {
        Ledger.update("""
                insert into inventory.reservation (tenant, id, order_id, status, expires_at, version, created_at, updated_at)
                select ?, gen_random_uuid(), gen_random_uuid(), 'CONFIRMED', now(), 1, now(), now() - interval '6 minutes'
                  from generate_series(1, 501)
                """, shop.tenant());

        String next = held(null)
                .body("reservations", hasSize(500))
                .body("next", notNullValue())
                .extract()
                .path("next");
        held(next).body("reservations", hasSize(1)).body("next", nullValue());
    }

    @Test
    void aConfirmedOrderForWhichNothingIsHeldIsFound_unlessItMayFollowYet() {
        var held = reserved("CONFIRMED", "CONFIRMED");
        var released = reserved("PLACED", "OPEN");
        shop.tellOrder(released, 2, "CANCELLED");
        shop.awaitReservation(released, "RELEASED");
        var unknown = UUID.randomUUID();
        verify(held, released).body("confirmed", equalTo(2)).body("findings", empty());

        settle();

        verify(held, released)
                .body("findings.kind", contains("NOT_HELD"))
                .body("findings.id", contains(released.toString()))
                .body("findings.detail", contains(containsString(reservationOf(released) + " is RELEASED")));
        verify(unknown)
                .body("findings.id", contains(unknown.toString()))
                .body("findings.detail", contains(containsString("no reservation")));
        new VerifyOrdersTest().verify(held).body("findings.kind", contains("NOT_HELD"));
    }

    @Test
    void asManyOrdersAsThatAreTaken_andMoreAreNot() {
        var orders = Stream.generate(UUID::randomUUID).limit(501).toArray(UUID[]::new);

        verify(Stream.of(orders).limit(500).toArray(UUID[]::new)).body("findings", hasSize(500));
        ask(body(orders)).statusCode(422).body("errors.pointer", contains("/confirmed"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"confirmed\": null}", "{\"confirmed\": [null]}"})
    void whatNamesNoOrdersIsRefused(String body) {
        ask(body).statusCode(422);
    }

    /** An order in that state, once its reservation is in that. */
    private UUID reserved(String orderStatus, String status) {
        var order = UUID.randomUUID();
        shop.tellOrder(order, 1, orderStatus, shop.line(shirt, 1));
        shop.awaitReservation(order, status);
        return order;
    }

    private void reserveForAClient() {
        shop.as("service")
                .header("Idempotency-Key", UUID.randomUUID())
                .body(new JsonObject()
                        .put("owner", "till-1")
                        .put(
                                "lines",
                                new JsonArray()
                                        .add(new JsonObject()
                                                .put("sku", "SHIRT")
                                                .put("quantity", 1)))
                        .encode())
                .post("/v1/reservations")
                .then()
                .statusCode(201);
    }

    private String reservationOf(UUID order) {
        return Ledger.reservationOf(shop.tenant(), order).getFirst();
    }

    /** What there is has been so for a while. */
    private void settle() {
        Ledger.update(
                "update inventory.reservation set updated_at = now() - interval '6 minutes' where tenant = ?",
                shop.tenant());
    }

    private ValidatableResponse held(@Nullable String cursor) {
        var request = shop.as("admin");
        return (cursor == null ? request : request.queryParam("cursor", cursor))
                .post("/v1/reservations/reference-verifications")
                .then()
                .statusCode(200);
    }

    private ValidatableResponse verify(UUID... orders) {
        return ask(body(orders)).statusCode(200);
    }

    private ValidatableResponse ask(String body) {
        return shop.as("admin")
                .body(body)
                .post("/v1/reservations/order-verifications")
                .then();
    }

    private static String body(UUID... orders) {
        var ids = new JsonArray();
        Stream.of(orders).map(UUID::toString).forEach(ids::add);
        return new JsonObject().put("confirmed", ids).encode();
    }
}
