package io.souk.catalog;

import io.quarkus.test.junit.QuarkusTest;
import io.souk.testing.ApiDocument;
import io.souk.testing.ApiDocument.Answer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.StandardCharsets;
import java.util.Set;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.lessThan;

@QuarkusTest
class ApiDocumentTest extends CatalogServiceTest {
    private static ApiDocument document() {
        return ApiDocument.of(given().get("/q/openapi?format=json").asString());
    }

    @Test
    void itTellsAClientAllThatItNeeds() {
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

    @ParameterizedTest
    @ValueSource(strings = {"/v1/brands", "/v1/categories", "/v1/product-types", "/v1/products", "/v1/imports"})
    void theExampleOfWhatIsMadeCanBeMade(String path) {
        var media = path.equals("/v1/imports") ? "application/x-ndjson" : "application/json";

        shop.as("admin")
                .contentType(media)
                .body(document().example("post", path).getBytes(StandardCharsets.UTF_8))
                .post(path)
                .then()
                .statusCode(lessThan(300));
    }
}
