package io.souk.catalog.imports;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.souk.catalog.product.Editable;
import io.souk.catalog.product.Product;
import io.souk.catalog.product.ProductRequest;
import io.souk.kit.gtin.Gtin;
import io.souk.kit.http.MergePatch;
import io.souk.kit.sku.Sku;
import jakarta.enterprise.context.ApplicationScoped;
import org.jspecify.annotations.Nullable;

import java.util.List;

/**
 * Lays a row over the product it matches, as a merge patch: what it does not name stays, null clears. Variants are merged one
 * by one, each with the present variant that has its SKU (or its GTIN), so that a row need not name them all.
 */
@ApplicationScoped
class MergeRow {
    private static final String VARIANTS = "variants";

    private final ObjectMapper json;

    MergeRow(ObjectMapper json) {
        this.json = json;
    }

    /** The product as the row wants it; {@code before} is null for a new one. */
    ProductRequest over(@Nullable Product before, NativeRow row, ImportMapping.Match match)
            throws JsonProcessingException {
        ObjectNode present = before == null
                ? JsonNodeFactory.instance.objectNode()
                : json.valueToTree(Editable.of(before.content()));
        var sent = before == null && !row.onlyNew().isEmpty() ? both(row.product(), row.onlyNew()) : row.product();
        var variants = mergedVariants(present.withArray(VARIANTS), sent.path(VARIANTS), match);
        var patch = sent.deepCopy();
        patch.remove(VARIANTS);
        var merged = (ObjectNode) MergePatch.apply(present, patch);
        merged.set(VARIANTS, variants);
        return json.treeToValue(merged, ProductRequest.class);
    }

    /** The fields for all rows with those for new products; variants place by place. */
    private static ObjectNode both(ObjectNode all, ObjectNode onlyNew) {
        var fields = onlyNew.deepCopy();
        fields.remove(VARIANTS);
        var merged = (ObjectNode) MergePatch.apply(all, fields);
        var variants = merged.withArray(VARIANTS);
        var more = onlyNew.path(VARIANTS);
        for (int i = 0; i < more.size(); i++) {
            if (i >= variants.size()) {
                variants.add(more.get(i));
            } else if (more.get(i).isObject()) {
                variants.set(i, MergePatch.apply(variants.get(i), more.get(i)));
            }
        }
        return merged;
    }

    private static ArrayNode mergedVariants(ArrayNode present, JsonNode sent, ImportMapping.Match match) {
        var merged = JsonNodeFactory.instance.arrayNode();
        merged.addAll(present);
        for (var variant : sent) {
            int place = place(present, variant, match);
            if (place >= 0) {
                merged.set(place, MergePatch.apply(merged.get(place), variant));
            } else if (variant.isObject()) {
                merged.add(MergePatch.apply(JsonNodeFactory.instance.objectNode(), variant));
            } else {
                merged.add(variant);
            }
        }
        return merged;
    }

    private static int place(ArrayNode present, JsonNode variant, ImportMapping.Match match) {
        for (int i = 0; i < present.size(); i++) {
            if (match == ImportMapping.Match.SKU
                    ? sameSku(present.get(i), variant)
                    : sameGtin(present.get(i), variant)) {
                return i;
            }
        }
        return -1;
    }

    private static boolean sameSku(JsonNode present, JsonNode sent) {
        return sent.path("sku").isTextual()
                && Sku.key(sent.path("sku").textValue())
                        .equals(Sku.key(present.path("sku").asText()));
    }

    private static boolean sameGtin(JsonNode present, JsonNode sent) {
        var known = present.path("gtins").valueStream().map(JsonNode::asText).toList();
        return sent.path("gtins")
                .valueStream()
                .map(gtin -> Gtin.parse(gtin.asText()).map(Gtin::digits).orElse(""))
                .anyMatch(List.copyOf(known)::contains);
    }
}
