package io.souk.catalog.product;

import io.souk.kit.gtin.Gtin;
import io.souk.kit.sku.Sku;
import org.jspecify.annotations.Nullable;

import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;

/**
 * What is counted, priced and sold.
 *
 * @param options what tells it from its siblings, e.g. size and colour
 */
public record Variant(UUID id, Sku sku, @Nullable String name, SortedMap<String, String> options, List<Gtin> gtins) {
    public Variant {
        options = Collections.unmodifiableSortedMap(new TreeMap<>(options));
        gtins = List.copyOf(gtins);
    }
}
