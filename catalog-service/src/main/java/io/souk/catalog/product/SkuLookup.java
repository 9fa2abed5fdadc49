package io.souk.catalog.product;

import io.smallrye.mutiny.Uni;
import io.souk.kit.tenant.TenantId;
import io.souk.kit.view.LookupKind;
import jakarta.enterprise.context.ApplicationScoped;

import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.UUID;

/** From a SKU's key to the product that has it. */
@ApplicationScoped
public class SkuLookup implements LookupKind {
    private final FindProducts products;

    SkuLookup(FindProducts products) {
        this.products = products;
    }

    @Override
    public String name() {
        return "sku";
    }

    @Override
    public Duration ttl() {
        return Duration.ofHours(1);
    }

    @Override
    public Uni<Map<String, UUID>> load(TenantId tenant, Collection<String> keys) {
        return products.idsBySku(tenant, keys);
    }
}
