package io.souk.catalog.product;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.souk.kit.sku.Sku;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Map;
import java.util.UUID;

/** A product as it is written: the body of a POST, and what a merge patch is applied to. */
@RegisterForReflection
@Schema(
        name = "ProductRequest",
        description = "What people write about a product. Only `name` is required for a draft.")
public record ProductRequest(
        @Schema(required = true, maxLength = ProductRules.MAX_NAME, examples = "Challah, braided") @Nullable
        String name,

        @Schema(maxLength = ProductRules.MAX_DESCRIPTION, examples = "Baked on Friday morning.") @Nullable
        String description,

        @Schema(
                description = "For addresses that people read; made from the name when absent. Unique in the tenant.",
                maxLength = ProductRules.MAX_SLUG,
                examples = "challah-braided")
        @Nullable
        String slug,

        @Schema(description = "Name of a product type, see /v1/product-types", examples = "kosher-food") @Nullable
        String type,

        @Nullable UUID brandId,

        @Schema(maxItems = ProductRules.MAX_CATEGORIES) @Nullable
        List<@Nullable UUID> categoryIds,

        @Schema(maxItems = ProductRules.MAX_TAGS, examples = "[\"bread\", \"sabbath\"]") @Nullable
        List<@Nullable String> tags,

        @Schema(
                implementation = Object.class,
                description = "What the product type's schema describes; empty without a type",
                examples = "{\"agency\": \"OU\", \"level\": \"Pareve\"}")
        @Nullable
        ObjectNode attributes,

        @Schema(maxItems = ProductRules.MAX_MEDIA) @Nullable List<@Nullable MediaRequest> media,

        @Schema(maxItems = ProductRules.MAX_VARIANTS) @Nullable
        List<@Nullable VariantRequest> variants) {

    /** A picture. */
    @RegisterForReflection
    @Schema(name = "MediaRequest")
    public record MediaRequest(
            @Schema(required = true, maxLength = ProductRules.MAX_URL, examples = "https://cdn.example/challah.jpg")
            @Nullable
            String url,

            @Schema(maxLength = ProductRules.MAX_NAME) @Nullable
            String alt) {}

    /** A variant: without an id a new one, with an id the product's variant that has it. */
    @RegisterForReflection
    @Schema(name = "VariantRequest")
    public record VariantRequest(
            @Nullable UUID id,

            @Schema(required = true, maxLength = Sku.MAX_LENGTH, examples = "CHALLAH-500") @Nullable
            String sku,

            @Schema(maxLength = ProductRules.MAX_NAME, examples = "500 g") @Nullable
            String name,

            @Schema(examples = "{\"weight\": \"500 g\"}") @Nullable
            Map<String, @Nullable String> options,

            @Schema(description = "GTIN-8, -12, -13 or -14 with check digit", examples = "[\"4006381333931\"]")
            @Nullable
            List<@Nullable String> gtins) {}
}
