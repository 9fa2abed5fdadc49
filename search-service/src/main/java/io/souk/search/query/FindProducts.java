package io.souk.search.query;

import io.smallrye.mutiny.Uni;
import io.souk.search.taxonomy.CategoryTree;
import io.souk.search.taxonomy.Taxonomies;
import io.souk.search.taxonomy.Taxonomy;
import jakarta.enterprise.context.ApplicationScoped;
import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;

/** Finds products: puts what was named in the place of the names, then asks the engine. */
@ApplicationScoped
class FindProducts {
    private final Taxonomies taxonomies;
    private final KeptResults results;
    private final SearchTimes times;

    FindProducts(Taxonomies taxonomies, KeptResults results, SearchTimes times) {
        this.taxonomies = taxonomies;
        this.results = results;
        this.times = times;
    }

    /** What was found, and the taxonomy that it was found with. */
    record Result(Found found, Taxonomy taxonomy) {}

    Uni<Result> find(SearchRequest request) {
        long began = System.nanoTime();
        return taxonomies
                .of(request.tenant())
                .chain(taxonomy ->
                        results.find(query(request, taxonomy.categories())).map(found -> new Result(found, taxonomy)))
                .invoke(result -> times.answered(result.found(), System.nanoTime() - began))
                .onFailure()
                .invoke(() -> times.failed(System.nanoTime() - began));
    }

    private static SearchQuery query(SearchRequest request, CategoryTree tree) {
        return new SearchQuery(
                request.tenant(),
                request.text(),
                request.prefix(),
                filters(request, tree),
                request.ordering(),
                request.currency(),
                request.limit().value(),
                request.after(),
                request.facets().stream()
                        .map(wish -> facet(wish, request.currency(), tree))
                        .toList());
    }

    private static List<Filter> filters(SearchRequest request, CategoryTree tree) {
        var filters = new ArrayList<Filter>();
        if (!request.categories().isEmpty()) {
            filters.add(new Filter.InCategories(withDescendants(request.categories(), tree)));
        }
        if (!request.brands().isEmpty()) {
            filters.add(brands(request.brands()));
        }
        if (!request.types().isEmpty()) {
            filters.add(new Filter.OfTypes(request.types()));
        }
        if (request.price() != null && request.currency() != null) {
            filters.add(new Filter.PricedBetween(
                    request.currency(), request.price().min(), request.price().max()));
        }
        request.attributes().forEach((name, values) -> filters.add(new Filter.WithAttribute(name, values)));
        return filters;
    }

    /** A category is named by id or slug; one that search has not heard of holds nothing. */
    private static Set<UUID> withDescendants(Collection<String> named, CategoryTree tree) {
        var categories = new HashSet<UUID>();
        for (var name : named) {
            @Nullable UUID id = id(name);
            var roots = id == null ? tree.withSlug(name) : List.of(id);
            roots.forEach(root -> categories.addAll(tree.withDescendants(root)));
        }
        return categories;
    }

    private static Filter brands(Collection<String> named) {
        var ids = new HashSet<UUID>();
        var names = new HashSet<String>();
        for (var name : named) {
            @Nullable UUID id = id(name);
            if (id == null) {
                names.add(name);
            } else {
                ids.add(id);
            }
        }
        return new Filter.OfBrands(ids, names);
    }

    private static Facet facet(SearchRequest.FacetWish wish, @Nullable String currency, CategoryTree tree) {
        return switch (wish.name()) {
            case SearchRequest.CATEGORY -> new Facet.ByCategory(wish.size(), tree);
            case SearchRequest.BRAND -> new Facet.ByBrand(wish.size());
            case SearchRequest.TYPE -> new Facet.ByType(wish.size());
            case SearchRequest.PRICE -> new Facet.ByPrice(Objects.requireNonNull(currency), PriceRanges.STANDARD);
            default ->
                new Facet.ByAttribute(wish.name().substring(SearchRequest.ATTRIBUTE_PREFIX.length()), wish.size());
        };
    }

    private static @Nullable UUID id(String text) {
        try {
            return text.length() == 36 ? UUID.fromString(text) : null;
        } catch (IllegalArgumentException aName) {
            return null;
        }
    }
}
