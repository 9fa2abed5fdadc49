package io.souk.testing;

import org.junit.jupiter.api.Test;

import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class RouteTest {
    private static final List<String> CALLERS = List.of("nobody", "admin");

    private final List<Route> routes = Route.table("""
            GET    /v1/things      401 200
            DELETE /v1/things/{id} 401 204
            """);

    @Test
    void givenATable_thenEachLineIsARoute() {
        assertThat(routes)
                .containsExactly(
                        new Route("GET", "/v1/things", List.of(401, 200)),
                        new Route("DELETE", "/v1/things/{id}", List.of(401, 204)));
    }

    @Test
    void givenTheApisDocument_thenItsOperationsAreNamedAsRoutesAre() {
        var document = ApiDocument.of("""
                {"paths": {"/v1/things": {"summary": "Things", "parameters": [], "get": {}},
                           "/v1/things/{id}": {"delete": {}}}}
                """);

        assertThat(routes).extracting(Route::operation).containsExactlyInAnyOrderElementsOf(document.operations());
    }

    @Test
    void givenSomebodyWhoIsAnsweredOtherwise_whenTheyAllTry_thenTheFailureNamesThemAndTheRoute() {
        var route = routes.getFirst();

        assertThatCode(() -> route.assertAnswers(CALLERS, caller -> caller.equals("admin") ? 200 : 401))
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> route.assertAnswers(CALLERS, _ -> 200))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("GET /v1/things")
                .hasMessageContaining("nobody 200");
    }

    @Test
    void givenALineWithAStatusTooFewOrTooMany_whenTheyAllTry_thenItFails() {
        assertThatThrownBy(() -> new Route("GET", "/v1/things", List.of(401)).assertAnswers(CALLERS, _ -> 401))
                .hasMessageContaining("a status for each caller");
        assertThatThrownBy(
                        () -> new Route("GET", "/v1/things", List.of(401, 401, 401)).assertAnswers(CALLERS, _ -> 401))
                .hasMessageContaining("a status for each caller");
    }
}
