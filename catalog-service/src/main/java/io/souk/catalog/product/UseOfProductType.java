package io.souk.catalog.product;

import io.smallrye.mutiny.Uni;
import io.souk.catalog.producttype.ProductTypeUse;
import io.souk.kit.tenant.Tx;
import jakarta.enterprise.context.ApplicationScoped;

/** Whether a product is of the type. */
@ApplicationScoped
class UseOfProductType implements ProductTypeUse {
    private final ProductRepository products;

    UseOfProductType(ProductRepository products) {
        this.products = products;
    }

    @Override
    public Uni<Boolean> inUse(Tx tx, String type) {
        return products.anyOfType(tx, type);
    }
}
