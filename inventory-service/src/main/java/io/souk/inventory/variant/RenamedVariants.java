package io.souk.inventory.variant;

import io.smallrye.mutiny.Uni;
import io.souk.kit.tenant.Tx;

import java.util.List;

/** Beans of this type hear, in the transaction that applies a product, under which SKU and product its variants go now. */
public interface RenamedVariants {
    Uni<Void> named(Tx tx, List<Variant> variants);
}
