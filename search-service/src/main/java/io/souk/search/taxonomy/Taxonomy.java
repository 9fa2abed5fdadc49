package io.souk.search.taxonomy;

import java.util.Map;

/** What a query knows of its tenant's categories and product types, all of one revision. */
public record Taxonomy(long revision, CategoryTree categories, Map<String, String> typeTitles) {
    public Taxonomy {
        typeTitles = Map.copyOf(typeTitles);
    }
}
