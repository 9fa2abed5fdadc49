package io.souk.catalog;

import io.souk.catalog.availability.AvailabilityState;
import io.souk.catalog.brand.BrandState;
import io.souk.catalog.category.CategoryState;
import io.souk.catalog.price.PriceState;
import io.souk.catalog.product.ProductState;
import io.souk.catalog.producttype.ProductTypeState;
import io.souk.catalog.tenant.TenantState;
import io.souk.kit.event.AggregateType;
import io.souk.testing.schema.EventSchemaContract;

import java.util.Map;
import java.util.stream.Collectors;

class EventSchemasTest extends EventSchemaContract {
    EventSchemasTest() {
        super(
                "catalog",
                new CatalogAggregates()
                        .types().stream().map(AggregateType::name).collect(Collectors.toSet()),
                Map.of(
                        "product", ProductState.class,
                        "price", PriceState.class,
                        "availability", AvailabilityState.class,
                        "brand", BrandState.class,
                        "category", CategoryState.class,
                        "product-type", ProductTypeState.class,
                        "tenant", TenantState.class));
    }
}
