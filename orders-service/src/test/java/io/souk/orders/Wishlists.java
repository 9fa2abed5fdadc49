package io.souk.orders;

import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import org.jspecify.annotations.Nullable;

import static io.restassured.RestAssured.given;

/** What somebody does with wishlists: whoever has that token. */
record Wishlists(String token) {
    static Wishlists of(String token) {
        return new Wishlists(token);
    }

    private RequestSpecification request() {
        return given().auth().oauth2(token).contentType(ContentType.JSON);
    }

    private RequestSpecification request(@Nullable String ifMatch) {
        return ifMatch == null ? request() : request().header("If-Match", ifMatch);
    }

    /** The id of a list of that name. */
    String create(String name) {
        return make("{\"name\":\"%s\"}".formatted(name))
                .statusCode(201)
                .extract()
                .path("id");
    }

    ValidatableResponse make(String body) {
        return request().body(body).post("/v1/wishlists").then();
    }

    ValidatableResponse list(int limit, @Nullable String cursor) {
        var request = request().queryParam("limit", limit);
        return (cursor == null ? request : request.queryParam("cursor", cursor))
                .get("/v1/wishlists")
                .then();
    }

    ValidatableResponse get(String id) {
        return request().get("/v1/wishlists/{id}", id).then();
    }

    ValidatableResponse edit(String id, @Nullable String ifMatch, String patch) {
        return request(ifMatch).body(patch).patch("/v1/wishlists/{id}", id).then();
    }

    ValidatableResponse delete(String id, @Nullable String ifMatch) {
        return request(ifMatch).delete("/v1/wishlists/{id}", id).then();
    }

    ValidatableResponse items(String id, int limit, @Nullable String cursor) {
        var request = request().queryParam("limit", limit);
        return (cursor == null ? request : request.queryParam("cursor", cursor))
                .get("/v1/wishlists/{id}/items", id)
                .then();
    }

    ValidatableResponse add(String id, String sku) {
        return send(id, "{\"sku\":\"%s\"}".formatted(sku));
    }

    ValidatableResponse send(String id, String body) {
        return request().body(body).post("/v1/wishlists/{id}/items", id).then();
    }

    ValidatableResponse takeOff(String id, String variant) {
        return request()
                .delete("/v1/wishlists/{id}/items/{variant}", id, variant)
                .then();
    }

    ValidatableResponse move(String id, String variant, String cart, int quantity) {
        return request()
                .body("{\"cartId\":\"%s\",\"quantity\":%d}".formatted(cart, quantity))
                .post("/v1/wishlists/{id}/items/{variant}/move", id, variant)
                .then();
    }
}
