package io.souk.catalog.card;

import io.smallrye.mutiny.Uni;
import io.souk.catalog.product.FindProducts;
import io.souk.catalog.product.GtinLookup;
import io.souk.catalog.product.ProductStatus;
import io.souk.catalog.product.SkuLookup;
import io.souk.kit.gtin.Gtin;
import io.souk.kit.page.Cursor;
import io.souk.kit.page.Limit;
import io.souk.kit.page.Page;
import io.souk.kit.sku.Sku;
import io.souk.kit.tenant.TenantId;
import io.souk.kit.view.LookupKind;
import io.souk.kit.view.Lookups;
import jakarta.enterprise.context.ApplicationScoped;
import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;

import static io.souk.kit.problem.KitProblem.INVALID;

/** Cards by SKU, by GTIN, and page by page. */
@ApplicationScoped
class FindCards {
    /** Keys in one question. */
    static final int MAX_KEYS = 100;

    private final ReadCards read;
    private final FindProducts products;
    private final Lookups lookups;
    private final SkuLookup skus;
    private final GtinLookup gtins;

    FindCards(ReadCards read, FindProducts products, Lookups lookups, SkuLookup skus, GtinLookup gtins) {
        this.read = read;
        this.products = products;
        this.lookups = lookups;
        this.skus = skus;
        this.gtins = gtins;
    }

    /** The cards of the products that have any of the SKUs, each once, in the order of the SKUs; 422 for what is none. */
    Uni<List<Card>> bySku(TenantId tenant, String list, Reader reader) {
        var keys = new LinkedHashSet<String>();
        for (var sku : split("sku", list)) {
            var fault = Sku.fault(sku);
            if (fault != null) {
                throw INVALID.because("The list of SKUs breaks a rule")
                        .parameter("sku", "holds what is no SKU: it " + fault);
            }
            keys.add(Sku.key(sku));
        }
        return find(tenant, keys, skus, false, reader);
    }

    /** As {@link #bySku}; a GTIN may be padded to any of its lengths; 422 for what is none. */
    Uni<List<Card>> byGtin(TenantId tenant, String list, Reader reader) {
        var keys = new LinkedHashSet<String>();
        for (var gtin : split("gtin", list)) {
            keys.add(Gtin.parse(gtin)
                    .orElseThrow(() -> INVALID.because("A GTIN has 8, 12, 13 or 14 digits and a valid check digit")
                            .parameter("gtin", "holds what is not a GTIN"))
                    .digits());
        }
        return find(tenant, keys, gtins, true, reader);
    }

    private static List<String> split(String parameter, String list) {
        var keys = new ArrayList<String>();
        for (var key : list.split(",", MAX_KEYS + 2)) {
            if (!key.isBlank()) {
                keys.add(key.strip());
            }
        }
        if (keys.isEmpty() || keys.size() > MAX_KEYS) {
            throw INVALID.because("Ask for 1 to " + MAX_KEYS + " at once, parted by commas")
                    .parameter(parameter, "must name 1 to " + MAX_KEYS);
        }
        return keys;
    }

    private Uni<List<Card>> find(TenantId tenant, Set<String> keys, LookupKind kind, boolean byGtin, Reader reader) {
        if (reader.past()) {
            return lookups.reload(tenant, kind, keys)
                    .chain(ids -> cards(tenant, ids, reader).map(cards -> inOrder(keys, ids, cards)));
        }
        return lookups.find(tenant, kind, keys)
                .chain(hints -> cards(tenant, hints, reader)
                        .chain(cards -> confirm(tenant, keys, kind, byGtin, reader, hints, cards)));
    }

    /**
     * A hint whose product does not vouch for the key is asked again, from the tables; and where the reader has seen something
     * change, so is a key that nothing has: an absence has no version by which to tell whether it is from before.
     */
    private Uni<List<Card>> confirm(
            TenantId tenant,
            Set<String> keys,
            LookupKind kind,
            boolean byGtin,
            Reader reader,
            Map<String, UUID> hints,
            Map<UUID, Card> cards) {
        var vouched = new HashMap<UUID, Set<String>>();
        cards.forEach((id, card) -> vouched.put(id, CardKeys.of(card.product(), byGtin)));
        var doubtful = new ArrayList<String>();
        hints.forEach((key, id) -> {
            if (!vouched.getOrDefault(id, Set.of()).contains(key)) {
                doubtful.add(key);
            }
        });
        if (!reader.demand().seen().isEmpty()) {
            keys.stream().filter(key -> !hints.containsKey(key)).forEach(doubtful::add);
        }
        if (doubtful.isEmpty()) {
            return Uni.createFrom().item(inOrder(keys, hints, cards));
        }
        return lookups.reload(tenant, kind, doubtful).chain(found -> {
            var ids = new HashMap<>(hints);
            doubtful.forEach(ids::remove);
            ids.putAll(found);
            return cards(tenant, found, reader).map(more -> {
                var all = new HashMap<>(cards);
                all.putAll(more);
                return inOrder(keys, ids, all);
            });
        });
    }

    private Uni<Map<UUID, Card>> cards(TenantId tenant, Map<String, UUID> ids, Reader reader) {
        return read.all(tenant, Set.copyOf(ids.values()), reader);
    }

    private static List<Card> inOrder(Collection<String> keys, Map<String, UUID> ids, Map<UUID, Card> cards) {
        var found = new LinkedHashMap<UUID, Card>();
        for (var key : keys) {
            var id = ids.get(key);
            var card = id == null ? null : cards.get(id);
            if (id != null && card != null) {
                found.put(id, card);
            }
        }
        return List.copyOf(found.values());
    }

    /** In the order of their making; what is not published for staff only. */
    Uni<Page<Card>> page(
            TenantId tenant, @Nullable ProductStatus status, @Nullable String cursor, Limit limit, Reader reader) {
        var after = Cursor.afterId(cursor);
        var statuses = statuses(status, reader);
        if (statuses.isEmpty()) {
            return Uni.createFrom().item(new Page<>(List.of(), null));
        }
        return products.page(tenant, statuses, after, limit.probe()).chain(ids -> {
            var page = Page.of(ids, limit, Cursor::encode);
            return read.all(tenant, page.items(), reader)
                    .map(cards -> new Page<>(
                            page.items().stream()
                                    .map(cards::get)
                                    .filter(Objects::nonNull)
                                    .toList(),
                            page.next()));
        });
    }

    private static Set<ProductStatus> statuses(@Nullable ProductStatus asked, Reader reader) {
        var visible = reader.staff() ? Set.of(ProductStatus.values()) : Set.of(ProductStatus.PUBLISHED);
        if (asked == null) {
            return visible;
        }
        return visible.contains(asked) ? Set.of(asked) : Set.of();
    }
}
