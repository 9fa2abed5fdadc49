package io.souk.orders;

import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import org.jspecify.annotations.Nullable;

import static io.restassured.RestAssured.given;

/** What somebody does with customers: whoever has that token. */
record Customers(String token) {
    static final String BROOKLYN = """
            {"label": "Home", "recipient": "Ada Lovelace", "lines": ["12 Carroll Street"], "postalCode": "11231",
             "city": "Brooklyn", "region": "NY", "country": "US", "phone": "+1 (718) 555-0142"}""";

    static final String VIENNA = """
            {"recipient": "Ada Lovelace", "lines": ["Graben 1", "Top 7"], "postalCode": "1010", "city": "Wien", "country": "AT"}""";

    static Customers of(String token) {
        return new Customers(token);
    }

    private RequestSpecification request(@Nullable String ifMatch) {
        var request = given().auth().oauth2(token).contentType(ContentType.JSON);
        return ifMatch == null ? request : request.header("If-Match", ifMatch);
    }

    ValidatableResponse make(String body) {
        return request(null).body(body).post("/v1/customers").then();
    }

    ValidatableResponse me() {
        return request(null).get("/v1/customers/me").then();
    }

    ValidatableResponse edit(@Nullable String ifMatch, String patch) {
        return request(ifMatch).body(patch).patch("/v1/customers/me").then();
    }

    ValidatableResponse erase(@Nullable String ifMatch) {
        return request(ifMatch).delete("/v1/customers/me").then();
    }

    ValidatableResponse addAddress(@Nullable String ifMatch, String body) {
        return request(ifMatch).body(body).post("/v1/customers/me/addresses").then();
    }

    ValidatableResponse editAddress(String id, String ifMatch, String patch) {
        return request(ifMatch)
                .body(patch)
                .patch("/v1/customers/me/addresses/{id}", id)
                .then();
    }

    ValidatableResponse removeAddress(String id, String ifMatch) {
        return request(ifMatch).delete("/v1/customers/me/addresses/{id}", id).then();
    }

    ValidatableResponse readAddress(String id) {
        return request(null).get("/v1/customers/me/addresses/{id}", id).then();
    }

    /** Makes the customer, if there is none, and keeps the address; its id. */
    String keep(String address) {
        make("{}");
        String etag = me().extract().header("ETag");
        String location = addAddress(etag, address).statusCode(201).extract().header("Location");
        return location.substring(location.lastIndexOf('/') + 1);
    }

    ValidatableResponse list(int limit, @Nullable String cursor) {
        var request = request(null).queryParam("limit", limit);
        return (cursor == null ? request : request.queryParam("cursor", cursor))
                .get("/v1/customers")
                .then();
    }

    ValidatableResponse read(String id) {
        return request(null).get("/v1/customers/{id}", id).then();
    }

    ValidatableResponse setType(String id, @Nullable String ifMatch, String patch) {
        return request(ifMatch).body(patch).patch("/v1/customers/{id}", id).then();
    }

    ValidatableResponse erase(String id, @Nullable String ifMatch) {
        return request(ifMatch).delete("/v1/customers/{id}", id).then();
    }
}
