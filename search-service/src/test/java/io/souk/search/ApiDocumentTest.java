package io.souk.search;

import io.souk.testing.ApiDocument;
import org.junit.jupiter.api.Test;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

@SearchTest
class ApiDocumentTest {
    @Test
    void itTellsAClientAllThatItNeeds() {
        var document = ApiDocument.of(given().get("/q/openapi?format=json").asString());

        assertThat(document.faults()).isEmpty();
    }
}
