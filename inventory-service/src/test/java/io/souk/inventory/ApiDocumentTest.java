package io.souk.inventory;

import io.restassured.response.Response;
import io.souk.testing.ApiDocument;
import io.souk.testing.ApiDocument.Answer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Set;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

@InventoryTest
class ApiDocumentTest {
    private final Shop shop = new Shop();

    @Test
    void givenTheApisDocument_whenItIsRead_thenEveryOperationSaysWhatItDoesGivesAndRefuses() {
        assertThat(document().faults()).isEmpty();
    }

    @Test
    void givenAQueryParameterOfAnyOperation_whenItSaysNothing_thenItIsRefusedByName() {
        document().assertRefusesEmptyParameters(Set.of(), (parameter, said) -> {
            var answer = shop.as("admin")
                    .queryParam(parameter.name(), said)
                    .request(parameter.method(), parameter.address());
            return new Answer(answer.statusCode(), answer.contentType(), answer.asString());
        });
    }

    @Test
    void givenTheDocumentsExamples_whenTheyAreSent_thenTheyAreTaken() {
        shop.article("DD1391-100-EU41");
        shop.article("DD1391-100-EU42");

        shop.receipt("example", new JsonObject(document().example("post", "/v1/stock/receipts")))
                .then()
                .statusCode(201);
        var reserved = shop.as("service")
                .header("Idempotency-Key", "example")
                .body(document().example("post", "/v1/reservations"))
                .post("/v1/reservations");
        reserved.then().statusCode(201);
        shop.as("service")
                .header("If-Match", reserved.header("ETag"))
                .body(document().example("post", "/v1/reservations/{id}/renew"))
                .post(reserved.header("Location") + "/renew")
                .then()
                .statusCode(200);
        var location = shop.as("admin")
                .body(document().example("post", "/v1/locations"))
                .post("/v1/locations");
        location.then().statusCode(201);
        shop.as("admin")
                .header("If-Match", location.header("ETag"))
                .body(document().example("patch", "/v1/locations/{id}"))
                .patch(location.header("Location"))
                .then()
                .statusCode(200);
        shop.as("admin")
                .header("If-None-Match", "*")
                .body(document().example("put", "/v1/packs/{gtin}"))
                .put("/v1/packs/10614141000415")
                .then()
                .statusCode(201);
        var supplier = shop.as("admin")
                .body(document().example("post", "/v1/suppliers"))
                .post("/v1/suppliers");
        supplier.then().statusCode(201);
        shop.as("admin")
                .body(new JsonObject(document().example("post", "/v1/purchase-orders"))
                        .put("supplierId", supplier.jsonPath().getString("id"))
                        .encode())
                .post("/v1/purchase-orders")
                .then()
                .statusCode(201);
        shop.receipt(
                        "lot",
                        new JsonObject()
                                .put(
                                        "lines",
                                        new JsonArray()
                                                .add(new JsonObject()
                                                        .put("sku", "DD1391-100-EU41")
                                                        .put("quantity", 1)
                                                        .put("location", "brooklyn")
                                                        .put("lot", "L")
                                                        .put("expiresOn", "2099-01-01"))))
                .then()
                .statusCode(201);
        shop.as("admin")
                .header("If-Match", "\"1\"")
                .body(document().example("patch", "/v1/stock/levels/{id}"))
                .patch("/v1/stock/levels/"
                        + Ledger.query(
                                        "select id from inventory.stock_level where tenant = ? and lot = 'L'",
                                        shop.tenant())
                                .getFirst())
                .then()
                .statusCode(200);
        for (var what : List.of("adjustments", "transfers", "counts")) {
            shop.as("admin")
                    .header("Idempotency-Key", "example")
                    .body(document().example("post", "/v1/stock/" + what))
                    .post("/v1/stock/" + what)
                    .then()
                    .statusCode(201);
        }
    }

    @Test
    void givenTheExamplesOfUnits_whenTheyAreSent_thenTheyAreTaken() {
        shop.tracked("DD1391-100-EU42");
        shop.location("brooklyn", 7);
        var received = send("post", "/v1/units/receipts", "/v1/units/receipts");
        received.then().statusCode(201);
        var id = received.jsonPath().getString("units[0].id");

        send("post", "/v1/units/counts", "/v1/units/counts").then().statusCode(201);
        send("put", "/v1/units/{id}", "/v1/units/" + id).then().statusCode(200);
        shop.as("admin")
                .header("Idempotency-Key", "example")
                .body(new JsonObject(document().example("post", "/v1/units/transfers"))
                        .put("unitIds", List.of(id))
                        .encode())
                .post("/v1/units/transfers")
                .then()
                .statusCode(201);
        shop.as("admin")
                .header("If-Match", "\"3\"")
                .body(document().example("post", "/v1/units/{id}/status"))
                .post("/v1/units/" + id + "/status")
                .then()
                .statusCode(200);
    }

    private Response send(String method, String path, String address) {
        return shop.as("admin")
                .header("Idempotency-Key", "example")
                .header("If-Match", "\"1\"")
                .body(document().example(method, path))
                .request(method, address);
    }

    private static ApiDocument document() {
        return ApiDocument.of(
                given().queryParam("format", "json").get("/q/openapi").asString());
    }
}
