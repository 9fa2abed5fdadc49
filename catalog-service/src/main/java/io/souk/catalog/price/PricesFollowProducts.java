package io.souk.catalog.price;

import io.smallrye.mutiny.Uni;
import io.souk.catalog.CatalogAggregates;
import io.souk.catalog.product.ProductFollower;
import io.souk.catalog.product.Revision;
import io.souk.catalog.product.Variant;
import io.souk.kit.event.Change;
import io.souk.kit.outbox.Outbox;
import io.souk.kit.tenant.Tx;
import jakarta.enterprise.context.ApplicationScoped;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;

/** Takes prices away with their variants and products, and lets them carry a variant's new SKU. */
@ApplicationScoped
class PricesFollowProducts implements ProductFollower {
    private final PriceRepository prices;
    private final SetPrices set;
    private final Outbox outbox;

    PricesFollowProducts(PriceRepository prices, SetPrices set, Outbox outbox) {
        this.prices = prices;
        this.set = set;
        this.outbox = outbox;
    }

    @Override
    public Uni<Void> changed(Tx tx, List<Revision> revisions) {
        Map<UUID, Revision> concerned = revisions.stream()
                .filter(revision -> revision.deletes()
                        || !revision.removed().isEmpty()
                        || !revision.renamed().isEmpty())
                .collect(Collectors.toMap(Revision::id, revision -> revision));
        return concerned.isEmpty()
                ? Uni.createFrom().voidItem()
                : prices.lock(tx, concerned.keySet()).chain(found -> follow(tx, concerned, found));
    }

    private Uni<Void> follow(Tx tx, Map<UUID, Revision> concerned, Map<UUID, PriceRepository.Stored> found) {
        var rewrites = new ArrayList<PriceRepository.Rewrite>();
        var deleted = new ArrayList<PriceList>();
        found.forEach((product, stored) -> {
            var revision = concerned.get(product);
            if (revision == null || stored.deleted()) {
                return;
            }
            if (revision.deletes()) {
                deleted.add(stored.list());
                return;
            }
            var after = stored.list().replace(pricesAfter(revision, stored.list()));
            if (after.version() != stored.list().version()) {
                rewrites.add(new PriceRepository.Rewrite(stored.list(), after));
            }
        });
        return set.save(tx, rewrites).chain(() -> delete(tx, deleted));
    }

    private static List<Price> pricesAfter(Revision revision, PriceList list) {
        var variants = new HashMap<UUID, Variant>();
        revision.variantsAfter().forEach(variant -> variants.put(variant.id(), variant));
        var kept = new ArrayList<Price>();
        for (var price : list.prices()) {
            var variant = variants.get(price.variantId());
            if (variant != null) {
                kept.add(price.renamed(variant.sku()));
            }
        }
        return kept;
    }

    private Uni<Void> delete(Tx tx, List<PriceList> lists) {
        if (lists.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        var changes = lists.stream()
                .map(list -> Change.deleted(CatalogAggregates.PRICE, list.productId(), list.version() + 1))
                .toList();
        return prices.delete(tx, lists.stream().map(PriceList::productId).toList())
                .chain(() -> outbox.appendAll(tx, changes));
    }
}
