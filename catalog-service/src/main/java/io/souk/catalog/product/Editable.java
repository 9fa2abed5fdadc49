package io.souk.catalog.product;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.TreeMap;
import java.util.UUID;

/** A content in the form in which it is written: what a merge patch and an import row are applied to. */
public final class Editable {
    private Editable() {}

    public static ProductRequest of(ProductContent content) {
        var media = new ArrayList<ProductRequest.@Nullable MediaRequest>();
        content.media().forEach(picture -> media.add(new ProductRequest.MediaRequest(picture.url(), picture.alt())));
        var variants = new ArrayList<ProductRequest.@Nullable VariantRequest>();
        content.variants().forEach(variant -> variants.add(variant(variant)));
        return new ProductRequest(
                content.name(),
                content.description(),
                content.slug(),
                content.type(),
                content.brandId(),
                new ArrayList<@Nullable UUID>(content.categoryIds()),
                new ArrayList<@Nullable String>(content.tags()),
                content.attributes(),
                media,
                variants);
    }

    private static ProductRequest.VariantRequest variant(Variant variant) {
        var gtins = new ArrayList<@Nullable String>();
        variant.gtins().forEach(gtin -> gtins.add(gtin.digits()));
        return new ProductRequest.VariantRequest(
                variant.id(),
                variant.sku().value(),
                variant.name(),
                new TreeMap<String, @Nullable String>(variant.options()),
                gtins);
    }
}
