package io.souk.search.document;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.runtime.annotations.RegisterForReflection;
import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;

/** What search reads of {@code souk.catalog.product}. */
@RegisterForReflection
@JsonIgnoreProperties(ignoreUnknown = true)
record ProductState(
        String status,
        String name,
        @Nullable String description,
        @Nullable String slug,
        @Nullable String type,
        @Nullable UUID brandId,
        List<UUID> categoryIds,
        List<String> tags,
        Map<String, JsonNode> attributes,
        List<Medium> media,
        List<Variant> variants,
        @Nullable Instant publishedAt) {
    private static final String PUBLISHED = "PUBLISHED";

    ProductState {
        Objects.requireNonNull(status, "status");
        Objects.requireNonNull(name, "name");
        categoryIds = copy(categoryIds);
        tags = copy(tags);
        attributes = attributes == null ? Map.of() : Map.copyOf(attributes);
        media = copy(media);
        variants = copy(variants);
    }

    @RegisterForReflection
    @JsonIgnoreProperties(ignoreUnknown = true)
    record Medium(String url) {
        Medium {
            Objects.requireNonNull(url, "url");
        }
    }

    @RegisterForReflection
    @JsonIgnoreProperties(ignoreUnknown = true)
    record Variant(UUID id, String sku, @Nullable String name, Map<String, String> options, List<String> gtins) {
        Variant {
            Objects.requireNonNull(id, "id");
            Objects.requireNonNull(sku, "sku");
            options = options == null ? Map.of() : Map.copyOf(options);
            gtins = copy(gtins);
        }

        SearchDocument.Variant searched() {
            return new SearchDocument.Variant(id, sku, name, options, gtins);
        }
    }

    boolean isPublished() {
        return status.equals(PUBLISHED);
    }

    /** The brand and categories, whose names a document shows. */
    Set<UUID> named() {
        var ids = new HashSet<>(categoryIds);
        if (brandId != null) {
            ids.add(brandId);
        }
        return ids;
    }

    private static <T> List<T> copy(@Nullable List<T> list) {
        return list == null ? List.of() : List.copyOf(list);
    }
}
