package io.souk.catalog.producttype;

import io.smallrye.mutiny.Uni;
import io.souk.kit.tenant.Tx;

/** A feature that refers to product types, and can tell whether it refers to this one. */
public interface ProductTypeUse {
    Uni<Boolean> productTypeInUse(Tx tx, String type);
}
