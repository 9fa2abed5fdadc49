package io.souk.search.query;

import io.souk.kit.page.Cursor;
import io.souk.kit.problem.Problem;
import io.souk.kit.tenant.TenantId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class SearchParametersTest {
    private static final TenantId TENANT = new TenantId("t");
    private static final Position POSITION = new Position(false, new Position.Value.Score(1.5f), new UUID(1, 2));

    private static Map<String, List<String>> given(String parameters) {
        var given = new LinkedHashMap<String, List<String>>();
        for (var parameter : parameters.split("&", -1)) {
            if (!parameter.isEmpty()) {
                var parts = parameter.split("=", 2);
                given.computeIfAbsent(parts[0], _ -> new ArrayList<>()).add(parts.length > 1 ? parts[1] : "");
            }
        }
        return given;
    }

    private static SearchRequest read(String parameters) {
        return SearchParameters.read(TENANT, given(parameters));
    }

    private static void assertRefused(Map<String, List<String>> given, int status, String parameter) {
        assertThatThrownBy(() -> SearchParameters.read(TENANT, given))
                .isInstanceOfSatisfying(Problem.class, problem -> {
                    assertThat(problem.status()).isEqualTo(status);
                    assertThat(problem.errors()).extracting("parameter").containsExactly(parameter);
                });
    }

    @ParameterizedTest
    @CsvSource({
        "colour=red, 400, colour",
        "Q=red, 400, Q",
        "q=a&q=b, 400, q",
        "prefix=yes, 400, prefix",
        "prefix=, 400, prefix",
        "category=, 400, category",
        "brand=%, 0, brand",
        "attr=level, 400, attr",
        "attr=:Glatt, 400, attr",
        "attr=level:, 400, attr",
        "priceMin=1.5&currency=USD, 400, priceMin",
        "priceMin=&currency=USD, 400, priceMin",
        "priceMin=-1&currency=USD, 422, priceMin",
        "priceMax=9007199254740992&currency=USD, 422, priceMax",
        "priceMax=99999999999999999999&currency=USD, 400, priceMax",
        "priceMin=10&priceMax=9&currency=USD, 422, priceMin",
        "priceMin=10, 422, currency",
        "sort=price, 422, currency",
        "facets=price, 422, currency",
        "currency=usd, 422, currency",
        "currency=XYZ, 422, currency",
        "sort=cheapest, 422, sort",
        "sort=, 422, sort",
        "limit=0, 422, limit",
        "limit=201, 422, limit",
        "limit=99999999999, 422, limit",
        "limit=-99999999999, 422, limit",
        "limit=ten, 400, limit",
        "facets=colour, 422, facets",
        "facets=, 422, facets",
        "facets=attr., 422, facets",
        "'facets=brand,', 422, facets",
        "facetSize=0, 422, facetSize",
        "facetSize=101, 422, facetSize",
        "facetSize=x, 400, facetSize",
        "cursor=, 400, cursor",
        "cursor=!, 400, cursor",
        "cursor=WzFd, 400, cursor",
    })
    void givenABadParameter_whenRead_thenItIsRefusedByName(String parameters, int status, String parameter) {
        if (status == 0) {
            assertThat(read(parameters)).isNotNull();
        } else {
            assertRefused(given(parameters), status, parameter);
        }
    }

    @Test
    void givenBounds_whenTriedAtAndAbove_thenTheyHold() {
        assertThat(SearchParameters.read(TENANT, Map.of("q", List.of("😀".repeat(200))))
                        .text())
                .hasSize(400);
        assertRefused(Map.of("q", List.of("x".repeat(201))), 422, "q");
        assertRefused(Map.of("q", List.of("x\0")), 400, "q");
        assertRefused(Map.of("brand", List.of("x".repeat(201))), 422, "brand");
        assertRefused(Map.of("brand", Collections.nCopies(51, "x")), 422, "brand");
        assertThat(SearchParameters.read(TENANT, Map.of("brand", Collections.nCopies(50, "x")))
                        .brands())
                .containsExactly("x");
        assertRefused(Map.of("attr", numbered(11, "n%d:v")), 422, "attr");
        assertRefused(Map.of("facets", List.of(String.join(",", numbered(11, "attr.n%d")))), 422, "facets");
        assertThat(SearchParameters.read(TENANT, Map.of("facets", List.of(String.join(",", numbered(10, "attr.n%d")))))
                        .facets())
                .hasSize(10);
    }

    private static List<String> numbered(int count, String pattern) {
        return IntStream.range(0, count).mapToObj(pattern::formatted).toList();
    }

    @Test
    void givenNoParameters_whenRead_thenEverythingIsAsked() {
        var request = read("");

        assertThat(request.text()).isEmpty();
        assertThat(request.ordering()).isEqualTo(Ordering.RELEVANCE);
        assertThat(request.limit().value()).isEqualTo(50);
        assertThat(request.facets()).isEmpty();
    }

    @Test
    void givenTheSameParametersInAnotherOrder_whenRead_thenTheRequestsAreEqual() {
        assertThat(read("brand=a&brand=b&attr=x:1&attr=y:2&q=milk"))
                .isEqualTo(read("q=milk&attr=y:2&attr=x:1&brand=b&brand=a"));
    }

    @Test
    void givenACursor_whenSentWithItsSearch_thenItIsThePosition() {
        for (var value : List.of(
                new Position.Value.Score(1.5f),
                new Position.Value.Whole(Long.MIN_VALUE),
                new Position.Value.Text("\"é\\😀"))) {
            var position = new Position(true, value, new UUID(1, 2));
            var cursor = SearchCursor.encode(read("q=milk"), position);

            assertThat(read("q=milk&limit=7&facets=brand&cursor=" + cursor).after())
                    .isEqualTo(position);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "q=bread",
                "q=milk&sort=newest",
                "q=milk&brand=a",
                "q=milk&prefix=true",
                "q=milk&currency=USD",
                "q=milk&currency=USD&priceMin=1",
                "q=milk&attr=a:b",
                "q=milk&type=a",
                "q=milk&category=a"
            })
    void givenACursor_whenSentWithAnotherSearch_thenItIsRefused(String parameters) {
        var cursor = SearchCursor.encode(read("q=milk"), POSITION);

        assertRefused(given(parameters + "&cursor=" + cursor), 400, "cursor");
    }

    @Test
    void givenACursorOfAnotherTenant_whenSent_thenItIsRefused() {
        var cursor = SearchCursor.encode(SearchParameters.read(new TenantId("other"), given("q=milk")), POSITION);

        assertRefused(given("q=milk&cursor=" + cursor), 400, "cursor");
    }

    @Test
    void givenAChangedCursor_whenSent_thenItIsRefusedOrAnotherPlace() {
        var print = read("q=milk").fingerprint();
        var id = new UUID(1, 2);
        for (var changed : List.of(
                Cursor.encode(print, true, "score", (long) Integer.MAX_VALUE + 1, id),
                Cursor.encode(print, true, "score", Float.floatToIntBits(Float.NaN), id),
                Cursor.encode(print, true, "score", "x", id),
                Cursor.encode(print, true, "number", "x", id),
                Cursor.encode(print, true, "text", 1, id),
                Cursor.encode(print, true, "date", 1, id),
                Cursor.encode(print, 1, "number", 1, id),
                Cursor.encode(print, true, "number", 1, "no id"),
                Cursor.encode(print, true, "number", 1),
                Cursor.encode(print, true, "number", 1, id, 1),
                Cursor.encode("0", true, "number", 1, id))) {
            assertRefused(given("q=milk&cursor=" + changed), 400, "cursor");
        }
        var cut = SearchCursor.encode(read("q=milk"), POSITION);
        for (int i = 0; i < cut.length(); i++) {
            assertRefused(given("q=milk&cursor=" + cut.substring(0, i)), 400, "cursor");
        }
    }

    @Test
    void givenTheLongestSortedName_whenItBecomesACursor_thenItComesBack() {
        var position = new Position(false, new Position.Value.Text("\u0001".repeat(100)), new UUID(1, 2));
        var cursor = SearchCursor.encode(read("sort=name"), position);

        assertThat(read("sort=name&cursor=" + cursor).after()).isEqualTo(position);
    }
}
