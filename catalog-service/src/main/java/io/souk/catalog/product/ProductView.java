package io.souk.catalog.product;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.runtime.annotations.RegisterForReflection;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** A product as it is read; {@code version} is what If-Match takes. */
@RegisterForReflection
@Schema(name = "Product")
public record ProductView(
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

        @Schema(implementation = Object.class, description = "What the product type's schema describes")
        ObjectNode attributes,

        List<Media> media,
        List<ProductState.VariantState> variants,
        Instant createdAt,
        Instant updatedAt,
        @Nullable Instant publishedAt) {

    public static ProductView of(Product product) {
        return of(ProductState.of(product, Set.of()));
    }

    static ProductView of(ProductState state) {
        return new ProductView(
                state.id(),
                state.version(),
                state.status(),
                state.name(),
                state.description(),
                state.slug(),
                state.type(),
                state.brandId(),
                state.categoryIds(),
                state.tags(),
                state.attributes(),
                state.media(),
                state.variants(),
                state.createdAt(),
                state.updatedAt(),
                state.publishedAt());
    }
}
