package io.souk.inventory.variant;

import io.smallrye.mutiny.Uni;
import io.souk.kit.sku.Sku;
import io.souk.kit.tenant.Tx;
import jakarta.enterprise.context.ApplicationScoped;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;

/** Looks variants up for the other features of this service. What is not in the answer is not known (yet). */
@ApplicationScoped
public class FindVariants {
    private final VariantRepository variants;

    FindVariants(VariantRepository variants) {
        this.variants = variants;
    }

    /** By {@link Sku#key()}. While a SKU moves between products, the later statement of the catalogue counts. */
    public Uni<Map<String, Variant>> bySkuKey(Tx tx, Collection<String> keys) {
        return keys.isEmpty() ? Uni.createFrom().item(Map.of()) : variants.findBySkuKey(tx, keys);
    }

    /** Those that there are of some that requests name. */
    public Uni<NamedVariants> named(Tx tx, Collection<VariantName> names) {
        var keys = names.stream()
                .map(VariantName::sku)
                .filter(Objects::nonNull)
                .map(Sku::key)
                .collect(Collectors.toUnmodifiableSet());
        var ids = names.stream().map(VariantName::id).filter(Objects::nonNull).collect(Collectors.toUnmodifiableSet());
        return bySkuKey(tx, keys).chain(bySku -> byId(tx, ids).map(byId -> new NamedVariants(bySku, byId)));
    }

    private Uni<Map<UUID, Variant>> byId(Tx tx, Collection<UUID> ids) {
        return ids.isEmpty() ? Uni.createFrom().item(Map.of()) : variants.findById(tx, ids);
    }

    /** Empty for one that is not known (yet). */
    public Uni<Optional<Variant>> find(Tx tx, UUID id) {
        return variants.findById(tx, List.of(id)).map(found -> Optional.ofNullable(found.get(id)));
    }

    /** Live variants by SKU key and id, at most {@code rows} of them; the empty key and the nil id begin the list. */
    public Uni<List<Variant>> after(Tx tx, String skuKey, UUID id, int rows) {
        return variants.listAfter(tx, skuKey, id, rows);
    }
}
