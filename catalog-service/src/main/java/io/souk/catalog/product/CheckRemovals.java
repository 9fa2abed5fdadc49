package io.souk.catalog.product;

import io.smallrye.mutiny.Uni;
import io.souk.catalog.CatalogProblem;
import io.souk.kit.tenant.Tx;
import jakarta.enterprise.context.ApplicationScoped;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

/** What others still have of a variant keeps it: it is archived with its product, and not deleted. */
@ApplicationScoped
class CheckRemovals {
    private final VariantUse use;

    CheckRemovals(VariantUse use) {
        this.use = use;
    }

    /** Fails with {@code PRODUCT_IN_USE}, naming each variant that a revision would take out and that has units, or may have. */
    Uni<Void> check(Tx tx, List<Revision> revisions) {
        var removed = revisions.stream()
                .flatMap(revision -> revision.removed().stream())
                .toList();
        if (removed.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        boolean deletes = revisions.stream().anyMatch(Revision::deletes);
        return use.of(tx, removed.stream().map(Variant::id).toList())
                .invoke(uses -> refuse(removed, uses, deletes))
                .replaceWithVoid();
    }

    /** Who deletes a product sends no variants that could be pointed at. */
    private static void refuse(List<Variant> removed, Map<UUID, VariantUse.Use> uses, boolean deletes) {
        var kept = removed.stream()
                .filter(variant -> uses.containsKey(variant.id()))
                .map(variant -> VariantInUse.of(variant, Objects.requireNonNull(uses.get(variant.id()))))
                .toList();
        if (kept.isEmpty()) {
            return;
        }
        var problem = CatalogProblem.PRODUCT_IN_USE.because(detail(kept)).with("variants", kept);
        if (!deletes) {
            kept.forEach(
                    variant -> problem.at("/variants", "must keep %s, which is in stock".formatted(variant.sku())));
        }
        throw problem;
    }

    private static String detail(List<VariantInUse> kept) {
        var why = kept.stream().anyMatch(VariantInUse::doubted)
                ? "Units of %d of its variants are on hand, or may be, for their stock is not certain: archive the product,"
                        + " book them out, or wait until inventory has told their levels again"
                : "Units of %d of its variants are on hand: archive the product, or book them out first";
        return why.formatted(kept.size());
    }
}
