package io.souk.catalog.product;

import io.smallrye.mutiny.Uni;
import io.souk.catalog.category.CategoryUse;
import io.souk.kit.tenant.Tx;
import jakarta.enterprise.context.ApplicationScoped;

import java.util.UUID;

/** Whether a product lies in the category. */
@ApplicationScoped
class UseOfCategory implements CategoryUse {
    private final ProductRepository products;

    UseOfCategory(ProductRepository products) {
        this.products = products;
    }

    @Override
    public Uni<Boolean> inUse(Tx tx, UUID category) {
        return products.anyInCategory(tx, category);
    }
}
