package io.souk.catalog.product;

import io.smallrye.mutiny.Uni;
import io.souk.catalog.CatalogProblem;
import io.souk.kit.tenant.Tx;
import jakarta.enterprise.context.ApplicationScoped;

import java.util.List;
import java.util.Map;
import java.util.UUID;

/** What others still have of a variant keeps it: it is archived with its product, and not deleted. */
@ApplicationScoped
class CheckRemovals {
    private final VariantUse use;

    CheckRemovals(VariantUse use) {
        this.use = use;
    }

    /** Fails with {@code PRODUCT_IN_USE}, naming each variant that a revision would take out and that has units. */
    Uni<Void> check(Tx tx, List<Revision> revisions) {
        var removed = revisions.stream()
                .flatMap(revision -> revision.removed().stream())
                .toList();
        if (removed.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        return use.unitsOnHand(tx, removed.stream().map(Variant::id).toList())
                .invoke(onHand -> refuse(removed, onHand))
                .replaceWithVoid();
    }

    private static void refuse(List<Variant> removed, Map<UUID, Long> onHand) {
        var kept = removed.stream()
                .map(variant ->
                        new VariantInUse(variant.id(), variant.sku().value(), onHand.getOrDefault(variant.id(), 0L)))
                .filter(variant -> variant.onHand() > 0)
                .toList();
        if (!kept.isEmpty()) {
            throw CatalogProblem.PRODUCT_IN_USE
                    .because("Units of %d of its variants are on hand: archive the product, or book them out first"
                            .formatted(kept.size()))
                    .with("variants", kept);
        }
    }
}
