package io.souk.catalog.price;

import io.smallrye.mutiny.Uni;
import io.souk.catalog.product.FindProducts;
import io.souk.kit.tenant.TenantId;
import io.souk.kit.tenant.Transactions;
import jakarta.enterprise.context.ApplicationScoped;

import java.util.Set;
import java.util.UUID;

/** A product's prices from the tables. */
@ApplicationScoped
class FindPrices {
    private final Transactions transactions;
    private final FindProducts products;
    private final PriceRepository prices;

    FindPrices(Transactions transactions, FindProducts products, PriceRepository prices) {
        this.transactions = transactions;
        this.products = products;
        this.prices = prices;
    }

    /** 404 for a product that is not there or not to be seen; an empty list at version 0 when there never were prices. */
    Uni<PriceList> of(TenantId tenant, UUID product, boolean unpublishedToo) {
        return products.visible(tenant, product, unpublishedToo)
                .chain(() -> transactions.inTenant(tenant, tx -> prices.list(tx, Set.of(product))))
                .map(found -> {
                    var stored = found.get(product);
                    return stored == null ? PriceList.none(product) : stored.list();
                });
    }
}
