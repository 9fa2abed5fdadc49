package io.souk.catalog.product;

import io.smallrye.mutiny.Uni;
import io.souk.catalog.brand.BrandUse;
import io.souk.catalog.category.CategoryUse;
import io.souk.catalog.producttype.ProductTypeUse;
import io.souk.kit.tenant.Tx;
import jakarta.enterprise.context.ApplicationScoped;

import java.util.UUID;

/** Whether a product has the brand, lies in the category or is of the type. */
@ApplicationScoped
class UseInProducts implements BrandUse, CategoryUse, ProductTypeUse {
    private final ProductRepository products;

    UseInProducts(ProductRepository products) {
        this.products = products;
    }

    @Override
    public Uni<Boolean> brandInUse(Tx tx, UUID brand) {
        return products.anyOfBrand(tx, brand);
    }

    @Override
    public Uni<Boolean> categoryInUse(Tx tx, UUID category) {
        return products.anyInCategory(tx, category);
    }

    @Override
    public Uni<Boolean> productTypeInUse(Tx tx, String type) {
        return products.anyOfType(tx, type);
    }
}
