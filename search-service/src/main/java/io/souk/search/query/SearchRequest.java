package io.souk.search.query;

import io.souk.kit.page.Limit;
import io.souk.kit.tenant.TenantId;
import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;

/**
 * What a caller asks for, checked, but with categories and brands as they were named. Equal requests are equal here, however
 * their parameters were ordered.
 */
record SearchRequest(
        TenantId tenant,
        String text,
        boolean prefix,
        SortedSet<String> categories,
        SortedSet<String> brands,
        SortedSet<String> types,
        @Nullable PriceSpan price,
        SortedMap<String, SortedSet<String>> attributes,
        Ordering ordering,
        @Nullable String currency,
        Limit limit,
        @Nullable Position after,
        List<FacetWish> facets) {

    /** Prices between the two, both included, in minor units of {@link #currency()}. */
    record PriceSpan(long min, long max) {}

    /** One of {@link #FACETS}, or {@code attr.} and the name of an attribute. */
    record FacetWish(String name, int size) {}

    static final String CATEGORY = "category";
    static final String BRAND = "brand";
    static final String TYPE = "type";
    static final String PRICE = "price";
    static final String ATTRIBUTE_PREFIX = "attr.";
    static final Set<String> FACETS = Set.of(CATEGORY, BRAND, TYPE, PRICE);

    private static final int FINGERPRINT_BYTES = 8;

    /**
     * Tells requests apart whose results are ordered differently or hold other products: a cursor belongs to one of them.
     * Limit and facets may change from page to page.
     */
    String fingerprint() {
        var asked = List.of(
                tenant,
                text,
                prefix,
                categories,
                brands,
                types,
                String.valueOf(price),
                attributes,
                ordering,
                String.valueOf(currency));
        try {
            var digest =
                    MessageDigest.getInstance("SHA-256").digest(asked.toString().getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, FINGERPRINT_BYTES);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible); // every Java platform has it
        }
    }

    SearchRequest after(@Nullable Position position) {
        return new SearchRequest(
                tenant,
                text,
                prefix,
                categories,
                brands,
                types,
                price,
                attributes,
                ordering,
                currency,
                limit,
                position,
                facets);
    }
}
