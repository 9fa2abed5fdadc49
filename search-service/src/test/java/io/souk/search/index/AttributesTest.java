package io.souk.search.index;

import io.souk.search.query.Facet;
import io.souk.search.query.Filter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import static io.souk.search.index.Products.called;
import static org.assertj.core.api.Assertions.assertThat;

/** Attributes as the product types that come with the catalogue have them. */
class AttributesTest extends WithShelf {
    private List<String> where(String name, String... values) {
        return shelf.ask().where(new Filter.WithAttribute(name, Set.of(values))).names();
    }

    private Map<String, Integer> counts(String name) {
        return shelf.ask().count(new Facet.ByAttribute(name, 100)).find().facets().getFirst().values().stream()
                .map(Facet.Count.OfWord.class::cast)
                .collect(Collectors.toMap(Facet.Count.OfWord::word, Facet.Count.OfWord::products));
    }

    @ParameterizedTest(name = "{0} = {1}: {2}")
    @CsvSource({
        "styleCode,                  555088-001,  Sneaker",
        "sizes.eu,                   42.5,        Sneaker",
        "sizes.eu,                   43,          Sneaker",
        "sizes.us,                   9,           Sneaker",
        "retailPrice.currency,       USD,         Sneaker",
        "option.Size,                EU 42.5,     Sneaker",
        "option.Colour,              Red,         Sneaker",
        "nutritionPer100g.fat,       1.5,         Milk",
        "nutritionPer100g.energyKj,  200,         Milk",
        "netContent.unit,            l,           Milk",
        "netContent.value,           1,           Milk",
        "allergens,                  milk,        Milk",
        "terpenes.name,              myrcene,     Gummies",
        "terpenes.percent,           0.5,         Gummies",
        "thcPercent,                 12,          Gummies",
        "yashan,                     true,        Challah",
        "dietary,                    vegan,       Challah",
        "grade,                      9.5,         Card",
    })
    void givenTheShippedTypes_whenFilteredByAPart_thenItsProductIsFoundAndCounted(
            String name, String value, String found) {
        shelf.with(
                called("Sneaker")
                        .with("""
                                {"styleCode": "555088-001", "retailPrice": {"amount": 18000, "currency": "USD"},
                                 "sizes": [{"eu": 42.5, "uk": 8, "us": 9.0}, {"eu": 43.0, "us": 9.5}]}
                                """)
                        .withVariant("AJ1-425", Map.of("Size", "EU 42.5", "Colour", "Red"))
                        .withVariant("AJ1-430", Map.of("Size", "EU 43", "Colour", "Red"))
                        .make(),
                called("Milk").with("""
                        {"allergens": ["milk"], "netContent": {"value": 1.0, "unit": "l"},
                         "nutritionPer100g": {"energyKj": 2E2, "fat": 1.50}}
                        """).make(),
                called("Gummies").with("""
                        {"form": "edible", "thcPercent": 12, "terpenes": [{"name": "limonene"},
                         {"name": "myrcene", "percent": 0.5}]}
                        """).make(),
                called("Challah").with("""
                        {"agency": "OU", "level": "Pas Yisrael", "yashan": true, "dietary": ["vegan", "nut-free"]}
                        """).make(),
                called("Card").with("""
                        {"set": "Topps", "number": "1", "grader": "PSA", "grade": 9.5}
                        """).make());

        assertThat(where(name, value)).containsExactly(found);
        assertThat(counts(name)).containsEntry(value, 1);
    }

    @Test
    void givenAValueOfOnePart_whenAnotherPartIsAsked_thenItIsNotFound() {
        shelf.with(called("Sneaker").with("""
                {"sizes": [{"eu": 42, "us": 9}], "note": null}
                """).make());

        assertThat(where("sizes.us", "42")).isEmpty();
        assertThat(where("sizes", "42")).isEmpty();
        assertThat(where("note", "null")).isEmpty();
        assertThat(where("sizes.eu", "41", "42")).containsExactly("Sneaker");
    }

    @Test
    void givenTextInAPart_whenItIsSearched_thenItIsFound() {
        shelf.with(called("Gummies").with("""
                {"terpenes": [{"name": "limonene"}]}
                """).make());

        assertThat(shelf.names("limonene")).containsExactly("Gummies");
    }

    @Test
    void givenMoreValuesAndDepthThanAnybodyNeeds_whenIndexed_thenTheRestIsLeftOut() {
        var values = IntStream.range(0, 400).mapToObj(Integer::toString).collect(Collectors.joining(","));
        shelf.with(called("Hostile")
                .with("""
                {"a": [%s], "b": "late", "deep": {"1": {"2": {"3": {"4": {"5": "x"}}}}}, "big": 1E+999999999}
                """.formatted(values))
                .withVariant("S", Map.of("Size", "M"))
                .make());
        shelf.with(called("Deep").with("""
                {"deep": {"1": {"2": {"3": "x"}}}}
                """).make());

        assertThat(where("a", "249")).containsExactly("Hostile");
        assertThat(where("a", "250")).isEmpty();
        assertThat(where("b", "late")).isEmpty();
        assertThat(where("option.Size", "M")).containsExactly("Hostile");
        assertThat(where("deep.1.2.3", "x")).containsExactly("Deep");
        assertThat(shelf.names("hostile")).containsExactly("Hostile");
    }
}
