package io.souk.search.index;

import io.souk.kit.tenant.TenantId;
import io.souk.search.document.SearchDocument;
import io.souk.search.query.Facet;
import io.souk.search.query.Filter;
import io.souk.search.query.PriceRanges;
import io.souk.search.taxonomy.Category;
import io.souk.search.taxonomy.CategoryTree;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;

import static org.assertj.core.api.Assertions.assertThat;

/** Random catalogues and queries; every count is compared with one made by looking at each product. */
class FacetsTest {
    private static final int PRODUCTS = 400;
    private static final int QUERIES = 40;
    private static final List<String> WORDS = List.of("apple", "bread", "cheese", "dates", "egg");
    private static final List<String> TYPES = List.of("food", "drink", "other");
    private static final List<String> LEVELS = List.of("Glatt", "Chalav Yisrael", "Pareve");

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void givenRandomProductsAndFilters_whenCounted_thenCountsAreThoseOfBruteForce(long seed) {
        var catalogue = new Catalogue(new Random(seed));
        try (var shelf = new Shelf(folder)) {
            shelf.with(new TenantId("other"), catalogue.products);
            for (int from = 0; from < PRODUCTS; from += 57) { // several segments
                shelf.with(Shelf.TENANT, catalogue.products.subList(from, Math.min(PRODUCTS, from + 57)));
            }
            catalogue.products.subList(0, 50).forEach(gone -> shelf.without(gone.id(), 2));
            catalogue.products.subList(0, 50).clear();

            for (int i = 0; i < QUERIES; i++) {
                catalogue.compare(shelf, catalogue.randomFilters(), i % 2 == 0 ? "" : catalogue.any(WORDS));
            }
        }
    }

    private static final class Catalogue {
        final Random random;
        final CategoryTree tree;
        final List<UUID> categories = new ArrayList<>();
        final List<UUID> brands = new ArrayList<>();
        final List<SearchDocument> products = new ArrayList<>();

        Catalogue(Random random) {
            this.random = random;
            var nodes = new ArrayList<Category>();
            for (int i = 0; i < 20; i++) {
                var parent = i < 3 ? null : nodes.get(random.nextInt(i)).id();
                nodes.add(new Category(new UUID(random.nextLong(), random.nextLong()), "c" + i, "c" + i, parent));
                categories.add(nodes.get(i).id());
            }
            tree = new CategoryTree("1", nodes);
            for (int i = 0; i < 8; i++) {
                brands.add(new UUID(random.nextLong(), random.nextLong()));
            }
            for (int i = 0; i < PRODUCTS; i++) {
                products.add(product());
            }
        }

        <T> T any(List<T> some) {
            return some.get(random.nextInt(some.size()));
        }

        SearchDocument product() {
            var product = Products.called(any(WORDS) + " " + any(WORDS))
                    .withId(new UUID(random.nextLong(), random.nextLong()))
                    .ofType(random.nextInt(5) == 0 ? null : any(TYPES))
                    .in(random.ints(random.nextInt(4), 0, categories.size())
                            .mapToObj(categories::get)
                            .toArray(UUID[]::new))
                    .with("level", any(LEVELS));
            if (random.nextInt(5) > 0) {
                var brand = any(brands);
                product.ofBrand(brand, "Brand " + brands.indexOf(brand));
            }
            for (int i = random.nextInt(4); i > 0; i--) {
                product.costing(random.nextInt(3_000), random.nextBoolean() ? "USD" : "EUR");
            }
            return product.make();
        }

        List<Filter> randomFilters() {
            var filters = new ArrayList<Filter>();
            if (random.nextInt(3) == 0) {
                filters.add(new Filter.InCategories(tree.withDescendants(any(categories))));
            }
            if (random.nextInt(3) == 0) {
                filters.add(new Filter.OfBrands(Set.of(any(brands)), Set.of("brand " + random.nextInt(8))));
            }
            if (random.nextInt(3) == 0) {
                filters.add(new Filter.OfTypes(Set.of(any(TYPES))));
            }
            if (random.nextInt(3) == 0) {
                int from = random.nextInt(2_000);
                filters.add(new Filter.PricedBetween("USD", from, from + 700));
            }
            if (random.nextInt(3) == 0) {
                filters.add(new Filter.WithAttribute("level", new HashSet<>(List.of(any(LEVELS), any(LEVELS)))));
            }
            return filters;
        }

        void compare(Shelf shelf, List<Filter> filters, String word) {
            var found = shelf.ask()
                    .text(word)
                    .where(filters.toArray(Filter[]::new))
                    .count(
                            new Facet.ByCategory(100, tree),
                            new Facet.ByBrand(100),
                            new Facet.ByType(100),
                            new Facet.ByAttribute("level", 100),
                            new Facet.ByPrice("USD", PriceRanges.STANDARD))
                    .find();

            assertThat(found.total())
                    .isEqualTo(matching(word, filters, _ -> false).size());
            for (var counts : found.facets()) {
                var facet = counts.facet();
                var expected = new HashMap<Object, Integer>();
                for (var product : matching(word, filters, facet::isNarrowedBy)) {
                    keys(facet, product).forEach(key -> expected.merge(key, 1, Integer::sum));
                }
                var counted = new HashMap<Object, Integer>();
                counts.values().forEach(count -> counted.put(key(count), count.products()));
                assertThat(counted)
                        .as("%s of %s under %s", facet.name(), word, filters)
                        .isEqualTo(expected);
            }
        }

        List<SearchDocument> matching(String word, List<Filter> filters, Predicate<Filter> leftOut) {
            return products.stream()
                    .filter(product -> product.name().contains(word))
                    .filter(product ->
                            filters.stream().filter(leftOut.negate()).allMatch(filter -> matches(filter, product)))
                    .toList();
        }

        boolean matches(Filter filter, SearchDocument product) {
            return switch (filter) {
                case Filter.InCategories in ->
                    product.categories().stream().anyMatch(category -> in.ids().contains(category.id()));
                case Filter.OfBrands of ->
                    product.brand() != null
                            && (of.ids().contains(product.brand().id())
                                    || of.names()
                                            .contains(String.valueOf(
                                                            product.brand().name())
                                                    .toLowerCase(Locale.ROOT)));
                case Filter.OfTypes of -> product.type() != null && of.names().contains(product.type());
                case Filter.PricedBetween between ->
                    product.prices().stream()
                            .anyMatch(price -> price.currency().equals(between.currency())
                                    && price.amount() >= between.minMinor()
                                    && price.amount() <= between.maxMinor());
                case Filter.WithAttribute with -> with.values().contains(level(product));
            };
        }

        Set<Object> keys(Facet facet, SearchDocument product) {
            var keys = new HashSet<>();
            switch (facet) {
                case Facet.ByCategory _ ->
                    product.categories().forEach(category -> keys.addAll(tree.withAncestors(category.id())));
                case Facet.ByBrand _ -> {
                    if (product.brand() != null) {
                        keys.add(product.brand().id());
                    }
                }
                case Facet.ByType _ -> {
                    if (product.type() != null) {
                        keys.add(product.type());
                    }
                }
                case Facet.ByAttribute _ -> keys.add(level(product));
                case Facet.ByPrice by ->
                    product.prices().stream()
                            .filter(price -> price.currency().equals(by.currency()))
                            .forEach(price ->
                                    keys.add(by.ranges().from(by.ranges().indexOf(price.amount()))));
            }
            return keys;
        }

        private static String level(SearchDocument product) {
            return Objects.requireNonNull(product.attributes().get("level")).textValue();
        }

        private static Object key(Facet.Count count) {
            return switch (count) {
                case Facet.Count.OfCategory category -> category.id();
                case Facet.Count.OfBrand brand -> brand.id();
                case Facet.Count.OfWord word -> word.word();
                case Facet.Count.OfPrices prices -> prices.fromMinor();
            };
        }
    }
}
