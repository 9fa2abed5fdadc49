package io.souk.catalog.product;

import io.smallrye.mutiny.Uni;
import io.souk.catalog.CatalogAggregates;
import io.souk.kit.event.AggregateType;
import io.souk.kit.event.EventsConfig;
import io.souk.kit.event.Order;
import io.souk.kit.json.OwnJson;
import io.souk.kit.sku.Sku;
import io.souk.kit.tenant.Tx;
import io.souk.kit.view.LookupKind;
import io.souk.kit.view.StateAt;
import io.souk.kit.view.ViewKind;
import jakarta.enterprise.context.ApplicationScoped;
import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/** The product on its card: published ones only. */
@ApplicationScoped
public class ProductViewKind implements ViewKind<ProductState> {
    private final ProductRepository products;
    private final OwnJson json;
    private final EventsConfig events;
    private final SkuLookup skus;
    private final GtinLookup gtins;

    ProductViewKind(ProductRepository products, OwnJson json, EventsConfig events, SkuLookup skus, GtinLookup gtins) {
        this.products = products;
        this.json = json;
        this.events = events;
        this.skus = skus;
        this.gtins = gtins;
    }

    @Override
    public String name() {
        return "product";
    }

    @Override
    public AggregateType source() {
        return CatalogAggregates.PRODUCT;
    }

    @Override
    public Class<ProductState> stateType() {
        return ProductState.class;
    }

    @Override
    public Duration ttl() {
        return Duration.ofHours(1);
    }

    @Override
    public byte @Nullable [] render(ProductState state) {
        return state.status() == ProductStatus.PUBLISHED ? write(state) : null;
    }

    /** As {@link #render}, whatever the product's status: for the tenant's staff, and never put into the cache. */
    public byte[] write(ProductState state) {
        return json.bytes(ProductView.of(state));
    }

    @Override
    public Map<LookupKind, Set<String>> hints(ProductState state) {
        return Map.of(
                skus,
                state.variants().stream().map(variant -> Sku.key(variant.sku())).collect(Collectors.toSet()),
                gtins,
                state.variants().stream()
                        .flatMap(variant -> variant.gtins().stream())
                        .collect(Collectors.toSet()));
    }

    @Override
    public Uni<Void> lock(Tx tx, Collection<UUID> ids) {
        return products.lockRows(tx, ids);
    }

    @Override
    public Object event(ProductState state) {
        return state;
    }

    @Override
    public Uni<Map<UUID, StateAt<ProductState>>> load(Tx tx, Collection<UUID> ids) {
        return products.list(tx, ids).map(found -> {
            var states = new HashMap<UUID, StateAt<ProductState>>();
            found.forEach(stored -> states.put(stored.id(), state(stored)));
            return states;
        });
    }

    private StateAt<ProductState> state(ProductRepository.Stored stored) {
        var product = stored.product();
        return new StateAt<>(
                new Order(events.epoch(), stored.version()),
                product == null ? null : ProductState.of(product, Set.of()));
    }
}
