package io.souk.catalog.producttype;

import io.souk.catalog.CatalogAggregates;
import io.souk.catalog.aggregate.AggregateRows;
import jakarta.inject.Singleton;

/** The tenants' own product types, told once more. */
@Singleton
class ProductTypeRows extends AggregateRows<ProductType> {
    ProductTypeRows(ProductTypeRepository repository) {
        super(CatalogAggregates.PRODUCT_TYPE, repository);
    }

    @Override
    protected Object state(ProductType present) {
        return ProductTypeState.unchanged(present);
    }
}
