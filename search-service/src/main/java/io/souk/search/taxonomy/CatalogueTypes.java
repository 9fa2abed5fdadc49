package io.souk.search.taxonomy;

import io.souk.kit.event.AggregateType;

/** The catalogue's aggregates that this feature follows. */
final class CatalogueTypes {
    static final AggregateType BRAND = new AggregateType("catalog", "brand");
    static final AggregateType CATEGORY = new AggregateType("catalog", "category");
    static final AggregateType PRODUCT_TYPE = new AggregateType("catalog", "product-type");

    private CatalogueTypes() {}
}
