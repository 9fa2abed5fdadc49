package io.souk.search;

import io.souk.testing.ApiDocument;
import io.souk.testing.ApiDocument.Answer;
import io.souk.testing.Tenants;
import io.souk.testing.Tokens;
import org.junit.jupiter.api.Test;

import java.util.Set;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

@SearchTest
class ApiDocumentTest {
    @Test
    void itTellsAClientAllThatItNeeds() {
        assertThat(document().faults()).isEmpty();
    }

    @Test
    void givenAQueryParameterOfAnyOperation_whenItSaysNothing_thenItIsRefusedByName_butTheWordsOfASearchMay() {
        var admin = Tokens.of(Tenants.fresh(), "admin");

        document().assertRefusesEmptyParameters(Set.of("q"), (parameter, said) -> {
            var answer = given().auth()
                    .oauth2(admin)
                    .queryParam(parameter.name(), said)
                    .request(parameter.method(), parameter.address());
            return new Answer(answer.statusCode(), answer.contentType(), answer.asString());
        });
    }

    private static ApiDocument document() {
        return ApiDocument.of(given().get("/q/openapi?format=json").asString());
    }
}
