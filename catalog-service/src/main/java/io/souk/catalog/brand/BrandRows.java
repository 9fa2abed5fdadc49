package io.souk.catalog.brand;

import io.souk.catalog.CatalogAggregates;
import io.souk.catalog.aggregate.AggregateRows;
import jakarta.inject.Singleton;

/** Brands, told once more. */
@Singleton
class BrandRows extends AggregateRows<Brand> {
    BrandRows(BrandRepository repository) {
        super(CatalogAggregates.BRAND, repository);
    }

    @Override
    protected Object state(Brand present) {
        return BrandState.unchanged(present);
    }
}
