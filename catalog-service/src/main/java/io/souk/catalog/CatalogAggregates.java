package io.souk.catalog;

import io.souk.kit.event.AggregateType;
import io.souk.kit.outbox.ProducedAggregates;
import jakarta.enterprise.context.ApplicationScoped;

import java.util.Set;

/** What the catalogue publishes; each is a topic of its own. */
@ApplicationScoped
public class CatalogAggregates implements ProducedAggregates {
    public static final AggregateType PRODUCT = new AggregateType("catalog", "product");

    /** All prices of a product; its id is the product's. */
    public static final AggregateType PRICE = new AggregateType("catalog", "price");

    /** What of a product can be had; its id is the product's. */
    public static final AggregateType AVAILABILITY = new AggregateType("catalog", "availability");

    public static final AggregateType BRAND = new AggregateType("catalog", "brand");
    public static final AggregateType CATEGORY = new AggregateType("catalog", "category");
    public static final AggregateType PRODUCT_TYPE = new AggregateType("catalog", "product-type");
    public static final AggregateType TENANT = new AggregateType("catalog", "tenant");

    @Override
    public Set<AggregateType> types() {
        return Set.of(PRODUCT, PRICE, AVAILABILITY, BRAND, CATEGORY, PRODUCT_TYPE, TENANT);
    }
}
