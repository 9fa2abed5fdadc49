package io.souk.search.query;

import io.souk.kit.tenant.TenantId;
import org.jspecify.annotations.Nullable;

import java.util.List;

/**
 * What is asked of an engine.
 *
 * @param text plain words, never syntax; empty finds everything that the filters leave
 * @param prefix the last word may be the beginning of a word
 * @param currency the currency of prices in the answer and of an ordering by price; null takes what a product has
 * @param after goes on behind that place; null begins at the first
 */
public record SearchQuery(
        TenantId tenant,
        String text,
        boolean prefix,
        List<Filter> filters,
        Ordering ordering,
        @Nullable String currency,
        int limit,
        @Nullable Position after,
        List<Facet> facets) {
    public SearchQuery {
        filters = List.copyOf(filters);
        facets = List.copyOf(facets);
    }
}
