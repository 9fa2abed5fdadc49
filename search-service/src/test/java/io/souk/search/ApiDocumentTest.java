package io.souk.search;

import io.souk.testing.ApiDocument;
import io.souk.testing.Tenants;
import io.souk.testing.Tokens;
import org.junit.jupiter.api.Test;

import java.util.List;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;

@SearchTest
class ApiDocumentTest {
    @Test
    void itTellsAClientAllThatItNeeds() {
        assertThat(document().faults()).isEmpty();
    }

    /** Taken for a missing one, as the framework does, a filter would let everything through. */
    @Test
    void givenAQueryParameterOfAnyOperation_whenItSaysNothing_thenItIsRefusedByName_butTheWordsOfASearchMay() {
        var tenant = Tenants.fresh();
        assertThat(document().queryParameters()).isNotEmpty().allSatisfy(parameter -> {
            for (var nothing : List.of("", " ")) {
                var answer = given().auth()
                        .oauth2(Tokens.of(tenant, "admin"))
                        .queryParam(parameter.name(), nothing)
                        .request(parameter.method(), parameter.address())
                        .then();
                if (parameter.name().equals("q")) {
                    answer.statusCode(200);
                } else {
                    answer.statusCode(400)
                            .contentType("application/problem+json")
                            .body("errors.parameter", contains(parameter.name()))
                            .body("errors.detail", contains("is empty"));
                }
            }
        });
    }

    private static ApiDocument document() {
        return ApiDocument.of(given().get("/q/openapi?format=json").asString());
    }
}
