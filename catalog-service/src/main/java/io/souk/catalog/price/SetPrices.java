package io.souk.catalog.price;

import io.smallrye.mutiny.Uni;
import io.souk.catalog.CatalogAggregates;
import io.souk.catalog.input.Faults;
import io.souk.catalog.product.FindProducts;
import io.souk.catalog.product.Product;
import io.souk.kit.event.Change;
import io.souk.kit.http.Preconditions;
import io.souk.kit.outbox.Outbox;
import io.souk.kit.tenant.TenantId;
import io.souk.kit.tenant.Transactions;
import io.souk.kit.tenant.Tx;
import jakarta.enterprise.context.ApplicationScoped;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/** Sets prices: all of one product's, or some of many products' in an import. Same prices again are no new version. */
@ApplicationScoped
public class SetPrices {
    private final Transactions transactions;
    private final FindProducts products;
    private final PriceRepository prices;
    private final Outbox outbox;

    SetPrices(Transactions transactions, FindProducts products, PriceRepository prices, Outbox outbox) {
        this.transactions = transactions;
        this.products = products;
        this.prices = prices;
        this.outbox = outbox;
    }

    /**
     * Replaces a product's prices.
     *
     * @param seen the version that the caller has seen, 0 for none; 412 with the present list when it is another
     */
    Uni<PriceList> replace(TenantId tenant, UUID product, long seen, PriceListRequest request) {
        return transactions.inTenant(
                tenant, tx -> products.held(tx, product).chain(held -> replace(tx, held, seen, request)));
    }

    private Uni<PriceList> replace(Tx tx, Product product, long seen, PriceListRequest request) {
        var faults = new Faults();
        var wanted = PriceRules.prices(request, product, faults);
        faults.refuse();
        return prices.lock(tx, Set.of(product.id()))
                .map(found -> present(found, product.id()))
                .invoke(before -> Preconditions.requireVersion(
                        seen, before.version(), "price list", () -> PriceListView.of(before)))
                .chain(before -> {
                    var after = before.replace(wanted);
                    return save(tx, before, after).replaceWith(after);
                });
    }

    private Uni<Void> save(Tx tx, PriceList before, PriceList after) {
        return after.version() == before.version()
                ? Uni.createFrom().voidItem()
                : save(tx, List.of(new PriceRepository.Rewrite(before, after)));
    }

    /**
     * Prices to set beside those a product has; its product is locked by the caller's transaction, or new in it.
     *
     * @param cleared variants that lose the prices they have
     */
    public record Repricing(UUID product, Set<UUID> cleared, Collection<Price> prices) {
        private PriceList over(PriceList before) {
            return before.merge(cleared, prices);
        }
    }

    /** The products that would have more than {@link PriceList#MAX_PRICES}. */
    public Uni<Set<UUID>> tooMany(Tx tx, List<Repricing> repricings) {
        if (repricings.isEmpty()) {
            return Uni.createFrom().item(Set.of());
        }
        return prices.list(tx, productsOf(repricings))
                .map(found -> repricings.stream()
                        .filter(repricing -> repricing
                                        .over(present(found, repricing.product()))
                                        .prices()
                                        .size()
                                > PriceList.MAX_PRICES)
                        .map(Repricing::product)
                        .collect(Collectors.toSet()));
    }

    private static List<UUID> productsOf(List<Repricing> repricings) {
        return repricings.stream().map(Repricing::product).toList();
    }

    /** The products whose price lists changed. */
    public Uni<Set<UUID>> merge(Tx tx, List<Repricing> repricings) {
        if (repricings.isEmpty()) {
            return Uni.createFrom().item(Set.of());
        }
        return prices.lock(tx, productsOf(repricings)).chain(found -> {
            var rewrites = new ArrayList<PriceRepository.Rewrite>();
            for (var repricing : repricings) {
                var before = present(found, repricing.product());
                var after = repricing.over(before);
                if (after.version() != before.version()) {
                    rewrites.add(new PriceRepository.Rewrite(before, after));
                }
            }
            return save(tx, rewrites).map(_ -> changed(rewrites));
        });
    }

    private static Set<UUID> changed(List<PriceRepository.Rewrite> rewrites) {
        return Set.copyOf(
                rewrites.stream().map(rewrite -> rewrite.after().productId()).toList());
    }

    /** Writes price lists and their events. */
    Uni<Void> save(Tx tx, List<PriceRepository.Rewrite> rewrites) {
        if (rewrites.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        var ordered = rewrites.stream()
                .sorted(Comparator.comparing(rewrite -> rewrite.after().productId()))
                .toList();
        return prices.write(tx, ordered)
                .chain(() -> outbox.appendAll(
                        tx,
                        ordered.stream()
                                .map(rewrite -> changed(rewrite.after()))
                                .toList()));
    }

    private static Change changed(PriceList list) {
        return Change.changed(CatalogAggregates.PRICE, list.productId(), list.version(), PriceState.of(list));
    }

    private static PriceList present(Map<UUID, PriceRepository.Stored> found, UUID product) {
        var stored = found.get(product);
        return stored == null ? PriceList.none(product) : stored.list();
    }
}
