package io.souk.catalog;

import io.quarkus.test.junit.QuarkusTest;
import io.souk.testing.ApiDocument;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.StandardCharsets;
import java.util.List;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
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

    /** Taken for a missing one, as the framework does, a filter would let everything through. */
    @Test
    void givenAQueryParameterOfAnyOperation_whenItSaysNothing_thenItIsRefusedByName() {
        assertThat(document().queryParameters()).isNotEmpty().allSatisfy(parameter -> {
            for (var nothing : List.of("", " ")) {
                shop.as("admin")
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
