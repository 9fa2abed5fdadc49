package io.souk.catalog.product;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.souk.kit.gtin.Gtin;
import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.UUID;

/** The event {@code souk.catalog.product.changed.v1}: a product's full public state, drafts' too. */
@RegisterForReflection
public record ProductState(
        UUID id,
        long version,
        ProductStatus status,
        String name,
        @Nullable String description,
        String slug,
        @Nullable String type,
        @Nullable UUID brandId,
        List<UUID> categoryIds,
        List<String> tags,
        ObjectNode attributes,
        List<Media> media,
        List<VariantState> variants,
        Instant createdAt,
        Instant updatedAt,
        @Nullable Instant publishedAt,
        Set<String> changed) {

    /** One variant within the event and the view. */
    @RegisterForReflection
    public record VariantState(
            UUID id, String sku, @Nullable String name, SortedMap<String, String> options, List<String> gtins) {
        static VariantState of(Variant variant) {
            return new VariantState(
                    variant.id(),
                    variant.sku().value(),
                    variant.name(),
                    variant.options(),
                    variant.gtins().stream().map(Gtin::digits).toList());
        }
    }

    static ProductState of(Product product, Set<String> changed) {
        var content = product.content();
        return new ProductState(
                product.id(),
                product.version(),
                product.status(),
                content.name(),
                content.description(),
                content.slug(),
                content.type(),
                content.brandId(),
                content.categoryIds(),
                content.tags(),
                content.attributes(),
                content.media(),
                content.variants().stream().map(VariantState::of).toList(),
                product.createdAt(),
                product.updatedAt(),
                product.publishedAt(),
                changed);
    }
}
