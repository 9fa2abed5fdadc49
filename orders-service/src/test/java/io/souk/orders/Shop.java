package io.souk.orders;

import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import io.souk.testing.EventLog;
import io.souk.testing.Tenants;
import io.souk.testing.Tokens;
import io.souk.testing.schema.ChangedCheck;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.UUID;

import static io.restassured.RestAssured.given;
import static io.souk.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.startsWith;

/** A fresh tenant with one thing for sale, at 4.50 USD, and its customer Ada. */
public final class Shop {
    private final String tenant = Tenants.fresh();
    private final String sku = "SKU-" + tenant;
    private final String customer = Tokens.of(tenant, "customer", "ada", null);

    public Shop() {
        CatalogueServer.offer(sku, 450, "USD");
    }

    public String tenant() {
        return tenant;
    }

    public String sku() {
        return sku;
    }

    /** Ada's token. */
    public String customer() {
        return customer;
    }

    /** An order of Ada's for two units, just placed. */
    public UUID place(String paymentToken) {
        return UUID.fromString(post(key(), customer, body(sku, 2, paymentToken))
                .statusCode(202)
                .header("Location", startsWith("/v1/orders/"))
                .body("status", equalTo("PLACED"))
                .extract()
                .path("id"));
    }

    /** Takes an order to its confirmation; its reservation. */
    public UUID confirm(UUID order) {
        var reservation = UUID.randomUUID();
        InventoryEvents.reservation(tenant, reservation, 1, order, "OPEN", "[]");
        eventually(() -> get(order).body("status", equalTo("AUTHORISED")));
        InventoryEvents.reservation(tenant, reservation, 2, order, "CONFIRMED", "[]");
        eventually(() -> get(order).body("status", equalTo("CONFIRMED")));
        return reservation;
    }

    /** An order of Ada's for two units, paid by the scripted provider. */
    public UUID placeScripted(String paymentToken) {
        var body = body(sku, 2, paymentToken).replace("sandbox", "scripted");
        return UUID.fromString(
                post(key(), customer, body).statusCode(202).extract().path("id"));
    }

    /** The order's payment, as the shop's admin sees it. */
    public ValidatableResponse payment(UUID order) {
        return given().auth()
                .oauth2(Tokens.of(tenant, "admin"))
                .get("/v1/orders/{id}/payment", order)
                .then()
                .statusCode(200);
    }

    public static ValidatableResponse cancel(UUID order, String token) {
        return given().auth()
                .oauth2(token)
                .post("/v1/orders/{id}/cancel", order)
                .then();
    }

    /**
     * Asks for a capture or a refund.
     *
     * @param what {@code captures} or {@code refunds}
     */
    public static ValidatableResponse move(UUID order, String what, String key, String body, String token) {
        return given().auth()
                .oauth2(token)
                .contentType(ContentType.JSON)
                .header("Idempotency-Key", key)
                .body(body)
                .post("/v1/orders/{id}/payment/{what}", order, what)
                .then();
    }

    public ValidatableResponse get(UUID id) {
        return get(id, customer);
    }

    public static ValidatableResponse get(UUID id, String token) {
        return given().auth().oauth2(token).get("/v1/orders/{id}", id).then();
    }

    /** Ada's orders. */
    public ValidatableResponse list() {
        return list(customer);
    }

    public static ValidatableResponse list(String token) {
        return given().auth().oauth2(token).get("/v1/orders").then().statusCode(200);
    }

    public static ValidatableResponse post(String key, String token, String body) {
        return post(key, token, body, null);
    }

    public static ValidatableResponse post(String key, String token, String body, @Nullable String prefer) {
        var request = given().auth()
                .oauth2(token)
                .contentType(ContentType.JSON)
                .header("Idempotency-Key", key)
                .body(body);
        return (prefer == null ? request : request.header("Prefer", prefer))
                .post("/v1/orders")
                .then();
    }

    public static String key() {
        return UUID.randomUUID().toString();
    }

    public static String body(String sku, int quantity, String paymentToken) {
        return order("{\"sku\":\"%s\",\"quantity\":%d}".formatted(sku, quantity), paymentToken);
    }

    public static String order(String lines) {
        return order(lines, "tok_ok");
    }

    private static String order(String lines, String paymentToken) {
        return """
                {"currency":"USD","lines":[%s],"payment":{"provider":"sandbox","token":"%s"}}""".formatted(lines, paymentToken);
    }

    /** What the world was told of the order, in its order; each time it was told what moved. */
    public List<ConsumerRecord<String, byte[]>> events(UUID id) {
        return told("order", id);
    }

    /** As {@link #events}, of a payment. */
    public List<ConsumerRecord<String, byte[]>> paymentEvents(UUID payment) {
        return told("payment", payment);
    }

    private List<ConsumerRecord<String, byte[]>> told(String aggregate, UUID id) {
        var events = EventLog.readAll(EventLog.topic("orders", aggregate), tenant + "/" + id);
        assertThat(ChangedCheck.faults(events)).isEmpty();
        return events;
    }
}
