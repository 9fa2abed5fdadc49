package io.souk.orders;

import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import org.jspecify.annotations.Nullable;

import static io.restassured.RestAssured.given;

/** What somebody does with carts: whoever has that token and, as a guest, that cart token. */
record Carts(String token, @Nullable String cartToken) {
    static Carts of(String token) {
        return new Carts(token, null);
    }

    Carts bearing(@Nullable String otherCartToken) {
        return new Carts(token, otherCartToken);
    }

    private RequestSpecification request() {
        var request = given().auth().oauth2(token).contentType(ContentType.JSON);
        return cartToken == null ? request : request.header("Souk-Cart-Token", cartToken);
    }

    ValidatableResponse open(String body) {
        return request().body(body).post("/v1/carts").then();
    }

    /** The id of a cart in USD. */
    String open() {
        return open("{\"currency\":\"USD\"}").extract().path("id");
    }

    ValidatableResponse get(String id) {
        return request().get("/v1/carts/{id}", id).then();
    }

    ValidatableResponse add(String id, String sku, int quantity) {
        return add(id, sku, quantity, null);
    }

    ValidatableResponse add(String id, String sku, int quantity, @Nullable String key) {
        return send(id, "{\"sku\":\"%s\",\"quantity\":%d}".formatted(sku, quantity), key);
    }

    ValidatableResponse send(String id, String body, @Nullable String key) {
        var request = key == null ? request() : request().header("Idempotency-Key", key);
        return request.body(body).post("/v1/carts/{id}/lines", id).then();
    }

    ValidatableResponse set(String id, String variant, int quantity, @Nullable String ifMatch) {
        var request = ifMatch == null ? request() : request().header("If-Match", ifMatch);
        return request.body("{\"quantity\":%d}".formatted(quantity))
                .patch("/v1/carts/{id}/lines/{variant}", id, variant)
                .then();
    }

    ValidatableResponse remove(String id, String variant, String ifMatch) {
        return request()
                .header("If-Match", ifMatch)
                .delete("/v1/carts/{id}/lines/{variant}", id, variant)
                .then();
    }

    ValidatableResponse reprice(String id, String ifMatch) {
        return request()
                .header("If-Match", ifMatch)
                .post("/v1/carts/{id}/prices", id)
                .then();
    }

    ValidatableResponse merge(String guestsId) {
        return request().post("/v1/carts/{id}/merge", guestsId).then();
    }

    ValidatableResponse checkOut(String id, String ifMatch, String key) {
        return checkOut(id, ifMatch, key, "tok_ok", null);
    }

    ValidatableResponse checkOut(String id, String ifMatch, String key, String paymentToken, @Nullable String prefer) {
        var request = request().header("If-Match", ifMatch).header("Idempotency-Key", key);
        return (prefer == null ? request : request.header("Prefer", prefer))
                .body("{\"payment\":{\"provider\":\"sandbox\",\"token\":\"%s\"}}".formatted(paymentToken))
                .post("/v1/carts/{id}/checkout", id)
                .then();
    }

    ValidatableResponse checkOut(String id, String ifMatch, String key, String body) {
        return request()
                .header("If-Match", ifMatch)
                .header("Idempotency-Key", key)
                .body(body)
                .post("/v1/carts/{id}/checkout", id)
                .then();
    }

    /** The cart's present version, as {@code If-Match} takes it. */
    String etag(String id) {
        return get(id).statusCode(200).extract().header("ETag");
    }
}
