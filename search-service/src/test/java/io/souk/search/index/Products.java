package io.souk.search.index;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.souk.kit.id.Ids;
import io.souk.search.document.SearchDocument;
import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;

/** Makes search documents for tests. */
final class Products {
    private static final ObjectMapper JSON = new ObjectMapper();

    private UUID id = Ids.next();
    private long version = 1;
    private final String name;
    private String description = "";
    private @Nullable String type;
    private SearchDocument.@Nullable Named brand;
    private List<SearchDocument.Named> categories = List.of();
    private List<String> tags = List.of();
    private final Map<String, JsonNode> attributes = new TreeMap<>();
    private final List<SearchDocument.Variant> variants = new ArrayList<>();
    private final List<SearchDocument.Price> prices = new ArrayList<>();
    private @Nullable Instant publishedAt;

    private Products(String name) {
        this.name = name;
    }

    static Products called(String name) {
        return new Products(name);
    }

    static SearchDocument product(String name) {
        return called(name).make();
    }

    Products withId(UUID id) {
        this.id = id;
        return this;
    }

    Products inVersion(long version) {
        this.version = version;
        return this;
    }

    Products describedAs(String description) {
        this.description = description;
        return this;
    }

    Products ofType(@Nullable String type) {
        this.type = type;
        return this;
    }

    Products ofBrand(UUID id, @Nullable String brand) {
        this.brand = new SearchDocument.Named(id, brand);
        return this;
    }

    Products in(UUID... categories) {
        this.categories = Arrays.stream(categories)
                .map(category -> new SearchDocument.Named(category, null))
                .toList();
        return this;
    }

    Products in(SearchDocument.Named category) {
        this.categories = List.of(category);
        return this;
    }

    Products tagged(String... tags) {
        this.tags = List.of(tags);
        return this;
    }

    Products with(String attribute, String value) {
        return with(attribute, JsonNodeFactory.instance.textNode(value));
    }

    Products with(String attribute, JsonNode value) {
        attributes.put(attribute, value);
        return this;
    }

    Products withVariant(String sku, String... gtins) {
        variants.add(new SearchDocument.Variant(Ids.next(), sku, null, Map.of(), List.of(gtins)));
        return this;
    }

    Products withVariant(String sku, Map<String, String> options) {
        variants.add(new SearchDocument.Variant(Ids.next(), sku, null, options, List.of()));
        return this;
    }

    /** With attributes as JSON. */
    Products with(String json) {
        try {
            JSON.readTree(json).properties().forEach(attribute -> with(attribute.getKey(), attribute.getValue()));
            return this;
        } catch (JsonProcessingException failure) {
            throw new IllegalArgumentException(failure);
        }
    }

    Products costing(long amount, String currency) {
        prices.add(new SearchDocument.Price(Ids.next(), amount, currency));
        return this;
    }

    Products publishedAt(Instant publishedAt) {
        this.publishedAt = publishedAt;
        return this;
    }

    SearchDocument make() {
        return new SearchDocument(
                id,
                version,
                name,
                description,
                null,
                type,
                brand,
                categories,
                tags,
                attributes,
                null,
                variants,
                prices,
                0,
                publishedAt,
                Set.of());
    }
}
