package io.souk.search.document;

import io.souk.kit.id.Ids;
import io.souk.search.Catalogue;
import io.souk.search.SearchTest;
import io.souk.testing.EventLog;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.IntStream;

import static io.souk.search.Catalogue.price;
import static io.souk.search.Catalogue.product;
import static io.souk.search.Catalogue.variant;
import static io.souk.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

@SearchTest
class DocumentEventsTest {
    private final Catalogue catalogue = new Catalogue();
    private final UUID milk = Ids.next();

    /** Waits until a product told last is found: what was told before it in the same partition is applied then. */
    private void settle() {
        catalogue.tellProduct(milk, 1_000, "PUBLISHED", "Settled");
        eventually(() -> assertThat(catalogue.names("q", "settled")).hasSize(1));
    }

    @Test
    void givenThreeParts_whenAllAreTold_thenOneProductShowsThem() {
        var brand = Ids.next();
        catalogue.tellPrices(milk, 1, price(499, "USD"), price(599, "USD"), price(450, "EUR"));
        catalogue.tellBrand(brand, 1, "Halva");
        catalogue.tellProduct(milk, 1, product(milk, "PUBLISHED", "Milk").put("brandId", brand.toString()));
        catalogue.tellAvailability(milk, 1, 7);

        eventually(() -> {
            var found = catalogue.search("q", "halva", "currency", "USD");
            assertThat(found.getList("items")).hasSize(1);
            assertThat(found.getString("items[0].id")).isEqualTo(milk.toString());
            assertThat(found.getString("items[0].brand.name")).isEqualTo("Halva");
            assertThat(found.getLong("items[0].price.amount")).isEqualTo(499);
            assertThat(found.getLong("items[0].highestPrice.amount")).isEqualTo(599);
            assertThat(found.getLong("items[0].available")).isEqualTo(7);
            assertThat(found.getString("items[0].image")).isEqualTo("https://example.com/1.jpg");
        });
    }

    @Test
    void givenAProductAndPricesThatAreTooLargeForOneEvent_whenTold_thenItIsFoundAllTheSame() {
        var variants = new JsonArray();
        for (int i = 0; i < 250; i++) {
            var options = new JsonObject();
            IntStream.range(0, 10).forEach(option -> options.put("Option " + option, "x".repeat(250)));
            variants.add(variant(Ids.next(), "HUGE-" + i).put("options", options));
        }
        var prices =
                IntStream.range(0, 5_000).mapToObj(i -> price(100 + i, "USD")).toArray(JsonObject[]::new);
        catalogue.tellPrices(milk, 1, prices);
        catalogue.tellProduct(milk, 1, product(milk, "PUBLISHED", "Huge").put("variants", variants));

        eventually(() -> {
            var found = catalogue.search("q", "huge-249", "currency", "USD");
            assertThat(found.getList("items.name")).containsExactly("Huge");
            assertThat(found.getLong("items[0].price.amount")).isEqualTo(100);
            assertThat(found.getLong("items[0].highestPrice.amount")).isEqualTo(5_099);
        });
    }

    @Test
    void givenEventsTwiceAndSwapped_whenApplied_thenVersionsAreContiguousAndTheNewestStays() {
        catalogue.tellProduct(milk, 2, "PUBLISHED", "Second");
        catalogue.tellProduct(milk, 1, "PUBLISHED", "First");
        catalogue.tellProduct(milk, 2, "PUBLISHED", "Second");
        catalogue.tellProduct(milk, 3, "PUBLISHED", "Second");
        catalogue.tellPrices(milk, 5, price(2, "USD"));
        catalogue.tellPrices(milk, 4, price(1, "USD"));
        catalogue.tellPrices(milk, 5, price(2, "USD"));
        eventually(() -> assertThat(
                        catalogue.search("q", "second", "currency", "USD").getList("items.price.amount"))
                .containsExactly(2));

        settle();

        var documents = catalogue.documents(milk);
        for (int i = 0; i < documents.size(); i++) {
            assertThat(Objects.requireNonNull(documents.get(i)).getLong("version"))
                    .isEqualTo(i + 1L);
        }
        assertThat(documents)
                .noneMatch(document ->
                        Objects.requireNonNull(document).getString("name").equals("First"));
        assertThat(documents.size()).isLessThanOrEqualTo(3); // product, price, settled
    }

    @Test
    void givenADraftThenPublishedThenArchived_whenSearched_thenItIsFoundOnlyWhilePublished() {
        catalogue.tellProduct(milk, 1, "DRAFT", "Milk");
        catalogue.tellPrices(milk, 1, price(1, "USD"));
        var other = Ids.next();
        catalogue.tellProduct(other, 1, "PUBLISHED", "Bread");
        catalogue.awaitAll("Bread");
        catalogue.tellProduct(milk, 2, "PUBLISHED", "Milk");
        catalogue.awaitAll("Bread", "Milk");

        catalogue.tellProduct(milk, 3, "ARCHIVED", "Milk");

        catalogue.awaitAll("Bread");
        eventually(() -> assertThat(catalogue.documents(milk)).hasSize(2).last().isNull());
        catalogue.tellProduct(milk, 4, "PUBLISHED", "Milk");
        catalogue.awaitAll("Bread", "Milk");
    }

    @Test
    void givenADeletedProduct_whenALateEventComes_thenItStaysDeleted() {
        catalogue.tellProduct(milk, 1, "PUBLISHED", "Milk");
        catalogue.awaitAll("Milk");

        catalogue.tellProductDeleted(milk, 3);
        catalogue.awaitAll();
        catalogue.tellProduct(milk, 2, "PUBLISHED", "Late");
        catalogue.tellPrices(milk, 9, price(1, "USD"));
        catalogue.tellProduct(milk, 4, "PUBLISHED", "Again");

        catalogue.awaitAll("Again");
        // Prices come by a topic of their own, so they may join the last document or make one more.
        assertThat(catalogue.documents(milk)).hasSizeBetween(3, 4).element(1).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "not json",
                "[]",
                "null",
                "{\"status\": \"PUBLISHED\"}",
                "{\"name\": \"x\"}",
                "{\"status\": \"PUBLISHED\", \"name\": 5}",
                "{\"status\": \"PUBLISHED\", \"name\": \"x\", \"brandId\": \"b\"}",
                "{\"status\": \"PUBLISHED\", \"name\": \"x\", \"variants\": [{}]}",
                "{\"status\": \"PUBLISHED\", \"name\": \"x\", \"tags\": [null]}"
            })
    void givenAPoisonedEvent_whenApplied_thenItIsADeadLetterAndTheNextIsApplied(String poison) {
        var event = catalogue.tellPoison(milk, 1, poison);
        catalogue.tellProduct(milk, 2, "PUBLISHED", "Milk");

        catalogue.awaitAll("Milk");

        eventually(() -> assertThat(EventLog.readAll(EventLog.topic("dlq", "search")))
                .anySatisfy(letter -> assertThat(
                                new String(letter.headers().lastHeader("ce_id").value(), StandardCharsets.UTF_8))
                        .isEqualTo(event.toString())));
    }

    @Test
    void givenNamesBeforeAndAfterTheirProducts_whenRenamed_thenEveryDocumentFollows() {
        var brand = Ids.next();
        var category = Ids.next();
        var bread = Ids.next();
        for (var id : new UUID[] {milk, bread}) {
            catalogue.tellProduct(
                    id,
                    1,
                    product(id, "PUBLISHED", "Product " + id)
                            .put("brandId", brand.toString())
                            .put("categoryIds", new JsonArray().add(category.toString())));
        }
        eventually(() -> assertThat(catalogue.names("q", "product")).hasSize(2));

        catalogue.tellBrand(brand, 1, "Halva");
        catalogue.tellCategory(category, 1, "Sweets", null);
        eventually(() -> assertThat(catalogue.names("q", "halva sweets")).hasSize(2));
        catalogue.tellBrand(brand, 2, "Tahini");
        catalogue.tellBrand(brand, 1, "Halva");
        catalogue.tellCategory(category, 2, "Pastes", null);

        eventually(() -> assertThat(catalogue.names("q", "tahini pastes")).hasSize(2));
        eventually(() -> assertThat(catalogue.names("q", "halva")).isEmpty());
        assertThat(catalogue.names("brand", "TAHINI")).hasSize(2);
        assertThat(catalogue.names("brand", brand)).hasSize(2);
    }

    @Test
    void givenAThousandProductsAtOnce_whenApplied_thenAllAreFoundAndEachWasToldOnceOrTwice() {
        var ids = IntStream.range(0, 1_000).mapToObj(_ -> Ids.next()).toList();
        ids.forEach(id -> {
            catalogue.tellProduct(id, 1, "PUBLISHED", "Thing " + id);
            catalogue.tellPrices(id, 1, price(100, "USD"));
        });

        eventually(
                Duration.ofMinutes(2),
                () -> assertThat(catalogue
                                .search("q", "thing", "currency", "USD", "priceMin", 100, "facets", "type", "limit", 1)
                                .getInt("total"))
                        .isEqualTo(1_000));
        assertThat(catalogue.documents(ids.getFirst())).hasSizeBetween(1, 2);
    }

    @Test
    void givenADocument_whenTold_thenItCarriesTheFullState() {
        catalogue.tellProduct(
                milk,
                1,
                product(milk, "PUBLISHED", "Milk \u0001 😀 שלום")
                        .put("tags", new JsonArray().add("fresh"))
                        .put("attributes", new JsonObject().put("fat", 3.5).put("labels", new JsonArray().add("bio"))));
        eventually(() -> assertThat(catalogue.documents(milk)).hasSize(1));
        catalogue.tellAvailability(milk, 1, 3);
        eventually(() -> assertThat(catalogue.documents(milk)).hasSize(2));

        var document = Objects.requireNonNull(catalogue.documents(milk).getLast());

        assertThat(document.getString("name")).isEqualTo("Milk \u0001 😀 שלום");
        assertThat(document.getJsonArray("tags")).containsExactly("fresh");
        assertThat(document.getJsonObject("attributes").getDouble("fat")).isEqualTo(3.5);
        assertThat(document.getLong("available")).isEqualTo(3);
        assertThat(document.getJsonArray("changed")).containsExactly("available");
    }
}
