package io.souk.catalog.product;

import io.smallrye.mutiny.Uni;
import io.souk.kit.tenant.TenantId;
import io.souk.kit.view.LookupKind;
import jakarta.enterprise.context.ApplicationScoped;

import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.UUID;

/** From a GTIN of 14 digits to the product that has it. */
@ApplicationScoped
public class GtinLookup implements LookupKind {
    private final FindProducts products;

    GtinLookup(FindProducts products) {
        this.products = products;
    }

    @Override
    public String name() {
        return "gtin";
    }

    @Override
    public Duration ttl() {
        return Duration.ofHours(1);
    }

    @Override
    public Uni<Map<String, UUID>> load(TenantId tenant, Collection<String> keys) {
        return products.idsByGtin(tenant, keys);
    }
}
