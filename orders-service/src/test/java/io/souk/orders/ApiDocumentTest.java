package io.souk.orders;

import io.souk.testing.ApiDocument;
import io.souk.testing.Tenants;
import io.souk.testing.Tokens;
import org.junit.jupiter.api.Test;

import java.util.List;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;

@OrdersTest
class ApiDocumentTest {
    @Test
    void givenTheApisDocument_whenItIsRead_thenEveryOperationSaysWhatItDoesGivesAndRefuses() {
        assertThat(document().faults()).isEmpty();
    }

    /** Taken for a missing one, as the framework does, a filter would let everything through. */
    @Test
    void givenAQueryParameterOfAnyOperation_whenItSaysNothing_thenItIsRefusedByName() {
        assertThat(document().queryParameters()).isNotEmpty().allSatisfy(parameter -> {
            for (var nothing : List.of("", " ")) {
                given().auth()
                        .oauth2(Tokens.of(Tenants.fresh(), "admin"))
                        .queryParam(parameter.name(), nothing)
                        .request(parameter.method(), parameter.address())
                        .then()
                        .statusCode(400)
                        .contentType("application/problem+json")
                        .body("errors.parameter", contains(parameter.name()))
                        .body("errors.detail", contains("is empty"));
            }
        });
    }

    @Test
    void givenTheDocumentsExample_whenItIsSent_thenItIsAnOrder() {
        var shop = new Shop();
        CatalogueServer.offer("MAN-CHAL-500", 950, "USD");

        Shop.post(Shop.key(), shop.customer(), document().example("post", "/v1/orders"))
                .statusCode(202);
    }

    private static ApiDocument document() {
        return ApiDocument.of(
                given().queryParam("format", "json").get("/q/openapi").asString());
    }
}
