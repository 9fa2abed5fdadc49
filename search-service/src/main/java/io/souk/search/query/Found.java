package io.souk.search.query;

import org.jspecify.annotations.Nullable;

import java.util.List;

/**
 * One page of a result.
 *
 * @param next where the next page goes on; null on the last one
 * @param relaxed no product has all the words, so these have most of them
 * @param total how many products there are on all pages; counted only when facets were asked for
 */
public record Found(
        List<FoundProduct> items,
        List<Facet.Counts> facets,
        @Nullable Position next,
        boolean relaxed,
        @Nullable Integer total) {
    public Found {
        items = List.copyOf(items);
        facets = List.copyOf(facets);
    }
}
