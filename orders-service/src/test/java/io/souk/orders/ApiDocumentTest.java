package io.souk.orders;

import io.souk.testing.ApiDocument;
import io.souk.testing.ApiDocument.Answer;
import io.souk.testing.Tenants;
import io.souk.testing.Tokens;
import org.junit.jupiter.api.Test;

import java.util.Set;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

@OrdersTest
class ApiDocumentTest {
    @Test
    void givenTheApisDocument_whenItIsRead_thenEveryOperationSaysWhatItDoesGivesAndRefuses() {
        assertThat(document().faults()).isEmpty();
    }

    @Test
    void givenAQueryParameterOfAnyOperation_whenItSaysNothing_thenItIsRefusedByName() {
        var admin = Tokens.of(Tenants.fresh(), "admin");

        document().assertRefusesEmptyParameters(Set.of(), (parameter, said) -> {
            var answer = given().auth()
                    .oauth2(admin)
                    .queryParam(parameter.name(), said)
                    .request(parameter.method(), parameter.address());
            return new Answer(answer.statusCode(), answer.contentType(), answer.asString());
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
