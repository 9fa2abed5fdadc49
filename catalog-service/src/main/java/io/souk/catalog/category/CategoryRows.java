package io.souk.catalog.category;

import io.souk.catalog.CatalogAggregates;
import io.souk.catalog.aggregate.AggregateRows;
import jakarta.inject.Singleton;

/** Categories, told once more. */
@Singleton
class CategoryRows extends AggregateRows<Category> {
    CategoryRows(CategoryRepository repository) {
        super(CatalogAggregates.CATEGORY, repository);
    }

    @Override
    protected Object state(Category present) {
        return CategoryState.unchanged(present);
    }
}
