package io.souk.search.query;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.souk.kit.money.Money;
import io.souk.search.taxonomy.Taxonomy;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** A page of products, as callers get it. */
@RegisterForReflection
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(name = "SearchAnswer")
record SearchAnswer(
        List<Item> items,

        @Schema(description = "Counts by facet, in the order asked for; only when facets were asked for") @Nullable
        Map<String, List<Value>> facets,

        @Schema(description = "All products found; only when facets were asked for") @Nullable
        Integer total,

        @Schema(description = "True when no product has all the words of q, and these have most of them") @Nullable
        Boolean relaxed,

        @JsonInclude(JsonInclude.Include.ALWAYS)
        @Schema(description = "The cursor of the next page; null on the last one")
        @Nullable
        String next) {

    @RegisterForReflection
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(name = "SearchItem")
    record Item(
            UUID id,
            String name,
            @Nullable String slug,
            @Nullable Brand brand,
            @Nullable String type,
            @Nullable String image,

            @Schema(description = "The lowest price of its variants, in the asked currency or its first one") @Nullable
            Money price,

            @Schema(description = "The highest one, where it differs") @Nullable
            Money highestPrice,

            @Schema(description = "Units that can be bought now")
            long available,

            @Schema(description = "How well it matches; comparable only within one result") @Nullable
            Float score) {}

    @RegisterForReflection
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(name = "SearchItemBrand")
    record Brand(UUID id, @Nullable String name) {}

    @RegisterForReflection
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(name = "SearchFacetValue")
    record Value(
            @Schema(description = "What to filter by; for a range of prices see priceMin and priceMax") @Nullable
            String value,

            @Nullable String label,
            @Nullable UUID parentId,
            @Nullable Long priceMin,
            @Nullable Long priceMax,
            @Nullable String currency,

            @Schema(description = "Products that the same search with this one value would find")
            int count) {

        static Value of(String value, @Nullable String label, int count) {
            return new Value(value, label, null, null, null, null, count);
        }
    }

    static SearchAnswer of(SearchRequest request, FindProducts.Result result) {
        var found = result.found();
        return new SearchAnswer(
                found.items().stream().map(SearchAnswer::item).toList(),
                found.facets().isEmpty() ? null : facets(found.facets(), result.taxonomy()),
                found.total(),
                found.relaxed() ? true : null,
                found.next() == null ? null : SearchCursor.encode(request, found.next()));
    }

    private static Item item(FoundProduct product) {
        var brand = product.brand();
        return new Item(
                product.id(),
                product.name(),
                product.slug(),
                brand == null ? null : new Brand(brand.id(), brand.name()),
                product.type(),
                product.image(),
                product.price(),
                product.highestPrice() == null || product.highestPrice().equals(product.price())
                        ? null
                        : product.highestPrice(),
                product.available(),
                product.score());
    }

    private static Map<String, List<Value>> facets(List<Facet.Counts> counted, Taxonomy taxonomy) {
        Map<String, List<Value>> facets = new LinkedHashMap<>();
        for (var counts : counted) {
            facets.put(
                    counts.facet().name(),
                    counts.values().stream()
                            .map(count -> value(counts.facet(), count, taxonomy))
                            .toList());
        }
        return facets;
    }

    private static Value value(Facet facet, Facet.Count count, Taxonomy taxonomy) {
        return switch (count) {
            case Facet.Count.OfCategory category -> category(category, taxonomy);
            case Facet.Count.OfBrand brand -> Value.of(brand.id().toString(), brand.name(), brand.products());
            case Facet.Count.OfWord word ->
                Value.of(
                        word.word(),
                        facet instanceof Facet.ByType ? taxonomy.typeTitles().get(word.word()) : null,
                        word.products());
            case Facet.Count.OfPrices prices ->
                new Value(
                        null,
                        null,
                        null,
                        prices.fromMinor(),
                        prices.toMinor() == Long.MAX_VALUE ? null : prices.toMinor() - 1,
                        facet instanceof Facet.ByPrice by ? by.currency() : null,
                        prices.products());
        };
    }

    private static Value category(Facet.Count.OfCategory count, Taxonomy taxonomy) {
        var category = taxonomy.categories().find(count.id());
        return new Value(
                count.id().toString(),
                category == null ? null : category.name(),
                category == null ? null : category.parent(),
                null,
                null,
                null,
                count.products());
    }
}
