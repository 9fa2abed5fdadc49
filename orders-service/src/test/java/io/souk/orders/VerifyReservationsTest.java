package io.souk.orders;

import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import io.souk.testing.Database;
import io.souk.testing.Tenants;
import io.souk.testing.Tokens;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;

/** What inventory says that it holds, against the orders. */
@OrdersTest
class VerifyReservationsTest {
    private static Database owner;

    private final String tenant = Tenants.fresh();

    @BeforeAll
    static void connect() {
        owner = Database.of("orders", "owner");
    }

    @AfterAll
    static void disconnect() {
        owner.close();
    }

    @ParameterizedTest
    @CsvSource({
        "CANCELLED, VOIDED, CONFIRMED, ORDER_ENDED",
        "CANCELLED, VOIDED, OPEN, ORDER_ENDED",
        "EXPIRED, VOIDED, OPEN, ORDER_ENDED",
        "REJECTED, VOIDED, CONFIRMED, ORDER_ENDED",
        "DECLINED, DECLINED, OPEN, ORDER_ENDED",
        "FULFILLED, AUTHORISED, CONFIRMED, NOT_SHIPPED",
        "DELIVERED, AUTHORISED, CONFIRMED, NOT_SHIPPED",
        "CONFIRMED, AUTHORISED, OPEN, NOT_CONFIRMED"
    })
    void givenAnOrderThatNeedsItNot_whenItsReservationIsHeldAgainstIt_thenItIsFound_unlessItMayFollowYet(
            String status, String payment, String held, String kind) {
        var order = order(status, payment);
        var reservation = UUID.randomUUID();
        verify(claim(reservation, order, held)).statusCode(200).body("findings", empty());

        settle();

        verify(claim(reservation, order, held))
                .statusCode(200)
                .body("reservations", equalTo(1))
                .body("findings.kind", contains(kind))
                .body("findings.id", contains(order.toString()))
                .body("findings.detail", contains(containsString("reservation " + reservation + " is " + held)));
    }

    @ParameterizedTest
    @CsvSource({
        "PLACED, WAITING, OPEN",
        "RESERVED, WAITING, OPEN",
        "AUTHORISED, AUTHORISED, CONFIRMED",
        "CONFIRMED, AUTHORISED, CONFIRMED"
    })
    void givenAnOrderThatNeedsIt_whenItsReservationIsHeldAgainstIt_thenNothingIsFound(
            String status, String payment, String held) {
        var order = order(status, payment);
        settle();

        verify(claim(UUID.randomUUID(), order, held)).statusCode(200).body("findings", empty());
    }

    @Test
    void givenNoSuchOrder_orAnotherShops_whenItsReservationIsHeldAgainstIt_thenItIsFound() {
        var foreign = order("CONFIRMED", "AUTHORISED");
        settle();
        var other = Tokens.of(Tenants.fresh(), "admin");
        var unknown = UUID.randomUUID();

        verify(other, body(claim(UUID.randomUUID(), foreign, "CONFIRMED"))).body("findings.kind", contains("NO_ORDER"));
        verify(claim(UUID.randomUUID(), unknown, "CONFIRMED"), claim(UUID.randomUUID(), foreign, "CONFIRMED"))
                .body("reservations", equalTo(2))
                .body("findings.kind", contains("NO_ORDER"))
                .body("findings.id", contains(unknown.toString()));
    }

    @Test
    void givenAsManyAsInventorySaysAtOnce_thenTheyAreTaken_andMoreAreNot() {
        var claims = Stream.generate(() -> claim(UUID.randomUUID(), UUID.randomUUID(), "OPEN"))
                .limit(501)
                .toArray(String[]::new);

        verify(Stream.of(claims).limit(500).toArray(String[]::new))
                .statusCode(200)
                .body("findings.size()", equalTo(500));
        verify(claims).statusCode(422);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"reservations\": null}",
                "{\"reservations\": [null]}",
                "{\"reservations\": [{\"id\": \"0198c5d2-0000-7000-8000-000000000000\", \"status\": \"OPEN\"}]}"
            })
    void givenNoClaims_thenTheyAreRefused(String body) {
        verify(Tokens.of(tenant, "admin"), body).statusCode(422);
    }

    @Test
    void givenAStatusThatHoldsNothing_thenItIsRefused() {
        verify(claim(UUID.randomUUID(), UUID.randomUUID(), "RELEASED")).statusCode(400);
    }

    @Test
    void givenConfirmedOrders_whenReferencesAreVerified_thenThoseThatHaveSettledAreForInventory() {
        var confirmed = order("CONFIRMED", "AUTHORISED");
        order("CANCELLED", "VOIDED");
        order("FULFILLED", "AUTHORISED");
        settle();
        order("CONFIRMED", "AUTHORISED");

        given().auth()
                .oauth2(Tokens.of(tenant, "admin"))
                .post("/v1/orders/reference-verifications")
                .then()
                .statusCode(200)
                .body("orders", equalTo(4))
                .body("confirmed", contains(confirmed.toString()));
    }

    private UUID order(String status, String payment) {
        var id = UUID.randomUUID();
        Planted.order(owner, tenant, id, status, payment);
        return id;
    }

    /** What there is has been so for a while. */
    private void settle() {
        owner.update("update orders.orders set updated_at = now() - interval '6 minutes' where tenant = ?", tenant);
    }

    private ValidatableResponse verify(String... claims) {
        return verify(Tokens.of(tenant, "admin"), body(claims));
    }

    private static ValidatableResponse verify(String token, String body) {
        return given().auth()
                .oauth2(token)
                .contentType(ContentType.JSON)
                .body(body)
                .post("/v1/orders/reservation-verifications")
                .then();
    }

    private static String body(String... claims) {
        return Stream.of(claims).collect(Collectors.joining(",", "{\"reservations\":[", "]}"));
    }

    /** As inventory answers it. */
    private static String claim(UUID reservation, UUID order, String status) {
        return "{\"id\": \"%s\", \"orderId\": \"%s\", \"status\": \"%s\"}".formatted(reservation, order, status);
    }
}
