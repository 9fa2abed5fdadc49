package io.souk.orders.price;

import io.souk.kit.sku.Sku;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** SKUs, parted into what one request of the catalogue may ask for. */
final class SkuGroups {
    /** Keeps the address of a request below the 8 KiB that servers take; a SKU of 100 characters has at most 1,200. */
    private static final int ENCODED_CHARS = 6_000;

    /** Short SKUs too: an answer has a whole product for each. */
    static final int SKUS = 25;

    private SkuGroups() {}

    /** Each group as the query's parameter takes it: parted by commas. */
    static List<String> of(Collection<Sku> skus) {
        List<String> groups = new ArrayList<>();
        List<String> group = new ArrayList<>();
        int chars = 0;
        for (var sku : skus) {
            int encoded = URLEncoder.encode(sku.value(), StandardCharsets.UTF_8).length() + "%2C".length();
            if (group.size() == SKUS || chars + encoded > ENCODED_CHARS) {
                groups.add(String.join(",", group));
                group = new ArrayList<>();
                chars = 0;
            }
            group.add(sku.value());
            chars += encoded;
        }
        groups.add(String.join(",", group));
        return groups;
    }
}
