package io.souk.catalog.product;

import org.jspecify.annotations.Nullable;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * One change of one product.
 *
 * @param before the version that was locked; null for a new product
 * @param after null for a deleted product
 */
public record Revision(@Nullable Product before, @Nullable Product after) {
    public Revision {
        if (before == null && after == null) {
            throw new IllegalArgumentException("a revision has a product");
        }
    }

    public static Revision created(Product product) {
        return new Revision(null, product);
    }

    public static Revision edited(Product before, Product after) {
        return new Revision(before, after);
    }

    public static Revision deleted(Product before) {
        return new Revision(before, null);
    }

    public UUID id() {
        return before != null ? before.id() : present().id();
    }

    /** A revision that made no new version. */
    public boolean nothing() {
        return before != null && after != null && before.version() == after.version();
    }

    public boolean deletes() {
        return after == null;
    }

    public List<Variant> variantsBefore() {
        return before == null ? List.of() : before.content().variants();
    }

    public List<Variant> variantsAfter() {
        return after == null ? List.of() : after.content().variants();
    }

    /** Variants that are new. */
    public List<Variant> added() {
        var known = byId(variantsBefore());
        return variantsAfter().stream()
                .filter(now -> !known.containsKey(now.id()))
                .toList();
    }

    /** Variants that are gone, as they were. */
    public List<Variant> removed() {
        var left = byId(variantsAfter());
        return variantsBefore().stream()
                .filter(was -> !left.containsKey(was.id()))
                .toList();
    }

    /** Variants whose SKU is written in another way than before, as they are. */
    public List<Variant> renamed() {
        var known = byId(variantsBefore());
        return variantsAfter().stream()
                .filter(now -> {
                    var was = known.get(now.id());
                    return was != null && !was.sku().equals(now.sku());
                })
                .toList();
    }

    private Product present() {
        if (after == null) {
            throw new IllegalStateException("the product is gone");
        }
        return after;
    }

    private static Map<UUID, Variant> byId(List<Variant> variants) {
        return variants.stream()
                .collect(Collectors.toMap(Variant::id, Function.identity(), (one, _) -> one, HashMap::new));
    }
}
