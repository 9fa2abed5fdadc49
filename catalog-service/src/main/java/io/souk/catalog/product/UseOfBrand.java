package io.souk.catalog.product;

import io.smallrye.mutiny.Uni;
import io.souk.catalog.brand.BrandUse;
import io.souk.kit.tenant.Tx;
import jakarta.enterprise.context.ApplicationScoped;

import java.util.UUID;

/** Whether a product has the brand. */
@ApplicationScoped
class UseOfBrand implements BrandUse {
    private final ProductRepository products;

    UseOfBrand(ProductRepository products) {
        this.products = products;
    }

    @Override
    public Uni<Boolean> inUse(Tx tx, UUID brand) {
        return products.anyOfBrand(tx, brand);
    }
}
