package io.souk.orders;

import io.souk.testing.ApiDocument;
import org.junit.jupiter.api.Test;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

@OrdersTest
class ApiDocumentTest {
    @Test
    void givenTheApisDocument_whenItIsRead_thenEveryOperationSaysWhatItDoesGivesAndRefuses() {
        assertThat(document().faults()).isEmpty();
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
