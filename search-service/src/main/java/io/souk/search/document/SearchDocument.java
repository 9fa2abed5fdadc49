package io.souk.search.document;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.runtime.annotations.RegisterForReflection;
import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Function;

/**
 * A published product as it is searched for: the full public state of {@code souk.search.document}. A product that is not
 * published has no document; when it stops being published, its document is deleted.
 *
 * @param version the document's own; it grows with each change of what stands here
 * @param image the first picture's address
 * @param available units that can be bought, all variants together
 * @param changed the fields that moved
 */
@RegisterForReflection
@JsonIgnoreProperties(ignoreUnknown = true)
public record SearchDocument(
        UUID id,
        long version,
        String name,
        String description,
        @Nullable String slug,
        @Nullable String type,
        @Nullable Named brand,
        List<Named> categories,
        List<String> tags,
        Map<String, JsonNode> attributes,
        @Nullable String image,
        List<Variant> variants,
        List<Price> prices,
        long available,
        @Nullable Instant publishedAt,
        Set<String> changed) {

    /** What {@code changed} may name. */
    private static final Map<String, Function<SearchDocument, @Nullable Object>> FIELDS = Map.ofEntries(
            Map.entry("name", SearchDocument::name),
            Map.entry("description", SearchDocument::description),
            Map.entry("slug", SearchDocument::slug),
            Map.entry("type", SearchDocument::type),
            Map.entry("brand", SearchDocument::brand),
            Map.entry("categories", SearchDocument::categories),
            Map.entry("tags", SearchDocument::tags),
            Map.entry("attributes", SearchDocument::attributes),
            Map.entry("image", SearchDocument::image),
            Map.entry("variants", SearchDocument::variants),
            Map.entry("prices", SearchDocument::prices),
            Map.entry("available", SearchDocument::available),
            Map.entry("publishedAt", SearchDocument::publishedAt));

    public SearchDocument {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(name, "name");
        description = Objects.requireNonNullElse(description, "");
        categories = copy(categories);
        tags = copy(tags);
        attributes = attributes == null ? Map.of() : Map.copyOf(attributes);
        variants = copy(variants);
        prices = copy(prices);
        changed = changed == null ? Set.of() : Collections.unmodifiableSortedSet(new TreeSet<>(changed));
    }

    /** A brand or category; without a name until search has heard what it is called. */
    @RegisterForReflection
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Named(UUID id, @Nullable String name) {
        public Named {
            Objects.requireNonNull(id, "id");
        }
    }

    @RegisterForReflection
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Variant(UUID id, String sku, @Nullable String name, Map<String, String> options, List<String> gtins) {
        public Variant {
            Objects.requireNonNull(id, "id");
            Objects.requireNonNull(sku, "sku");
            options = options == null ? Map.of() : Map.copyOf(options);
            gtins = copy(gtins);
        }
    }

    /** A variant's price in minor units. */
    @RegisterForReflection
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Price(UUID variantId, long amount, String currency) {
        public Price {
            Objects.requireNonNull(variantId, "variantId");
            Objects.requireNonNull(currency, "currency");
        }
    }

    /** The same document, saying which of its fields differ from the version before; all of them when there was none. */
    SearchDocument since(@Nullable SearchDocument before) {
        var moved = new TreeSet<String>();
        FIELDS.forEach((name, field) -> {
            if (before == null || !Objects.equals(field.apply(before), field.apply(this))) {
                moved.add(name);
            }
        });
        return with(description, attributes, variants, prices, moved);
    }

    /** The same document with less in it. */
    SearchDocument with(
            String description, Map<String, JsonNode> attributes, List<Variant> variants, List<Price> prices) {
        return with(description, attributes, variants, prices, changed);
    }

    private SearchDocument with(
            String description,
            Map<String, JsonNode> attributes,
            List<Variant> variants,
            List<Price> prices,
            Set<String> changed) {
        return new SearchDocument(
                id,
                version,
                name,
                description,
                slug,
                type,
                brand,
                categories,
                tags,
                attributes,
                image,
                variants,
                prices,
                available,
                publishedAt,
                changed);
    }

    private static <T> List<T> copy(@Nullable List<T> list) {
        return list == null ? List.of() : List.copyOf(list);
    }
}
