package io.souk.catalog.price;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * One version of all prices of a product.
 *
 * @param version 0 for a product that never had prices
 */
public record PriceList(UUID productId, long version, List<Price> prices) {
    /** Each of 250 variants in 6 currencies; with the longest SKUs 740 KB of JSON, which an event and a cache entry still hold. */
    public static final int MAX_PRICES = 1_500;

    public PriceList {
        prices = prices.stream().sorted(Price.ORDER).toList();
        if (new HashSet<>(prices.stream().map(Price::key).toList()).size() != prices.size()) {
            throw new IllegalArgumentException("two prices for one variant and currency");
        }
    }

    static PriceList none(UUID productId) {
        return new PriceList(productId, 0, List.of());
    }

    /** The next version with these prices alone, or this one when nothing changes. */
    PriceList replace(Collection<Price> with) {
        var next = new PriceList(productId, version + 1, List.copyOf(with));
        return next.prices.equals(prices) ? this : next;
    }

    /** The next version with these prices beside the others, or this one when nothing changes. {@code cleared} lose the prices they have. */
    PriceList merge(Set<UUID> cleared, Collection<Price> more) {
        Map<Price.Key, Price> merged = prices.stream()
                .filter(price -> !cleared.contains(price.variantId()))
                .collect(Collectors.toMap(Price::key, Function.identity(), (one, _) -> one, HashMap::new));
        more.forEach(price -> merged.put(price.key(), price));
        return replace(merged.values());
    }
}
