package io.souk.catalog.product;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.UUID;

/**
 * All of a product that people write. Two equal contents are no change.
 *
 * @param type the name of the product type whose schema the attributes keep; without one there are no attributes
 * @param attributes canonical (see {@code CanonicalJson}), never changed in place
 */
public record ProductContent(
        String name,
        @Nullable String description,
        String slug,
        @Nullable String type,
        @Nullable UUID brandId,
        List<UUID> categoryIds,
        List<String> tags,
        ObjectNode attributes,
        List<Media> media,
        List<Variant> variants) {
    public ProductContent {
        categoryIds = List.copyOf(categoryIds);
        tags = List.copyOf(tags);
        media = List.copyOf(media);
        variants = List.copyOf(variants);
    }

    public ProductContent withBrand(@Nullable UUID brand) {
        return new ProductContent(name, description, slug, type, brand, categoryIds, tags, attributes, media, variants);
    }

    public ProductContent withCategories(List<UUID> categories) {
        return new ProductContent(
                name, description, slug, type, brandId, categories, tags, attributes, media, variants);
    }
}
