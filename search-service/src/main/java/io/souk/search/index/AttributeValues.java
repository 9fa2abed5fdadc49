package io.souk.search.index;

import com.fasterxml.jackson.databind.JsonNode;
import io.souk.search.document.SearchDocument;

import java.math.BigDecimal;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/**
 * The single values of a product's attributes by the names that they are filtered by. A value in an object has both names with
 * a dot between them, a list's elements have the name of the list: {@code "sizes": [{"eu": 42.5}]} is {@code sizes.eu} = 42.5.
 */
final class AttributeValues {
    /** Objects and lists in each other, the attribute itself counted: what lies deeper is not found. */
    private static final int MAX_DEPTH = 5;

    /** What a variant's options are called before their own name. */
    private static final String OPTION = "option.";

    /** A number that needs more digits, in front or behind, is nothing that anyone filters by. */
    private static final int MAX_SCALE = 50;

    private AttributeValues() {}

    /** Each value but null, by its name; attributes in the order of their names. */
    static void each(Map<String, JsonNode> attributes, BiConsumer<String, JsonNode> visit) {
        new TreeMap<>(attributes).forEach((name, value) -> each(name, value, MAX_DEPTH, visit));
    }

    private static void each(String name, JsonNode value, int depth, BiConsumer<String, JsonNode> visit) {
        if (value.isValueNode()) {
            if (!value.isNull()) {
                visit.accept(name, value);
            }
        } else if (depth > 1) {
            if (value.isArray()) {
                value.forEach(element -> each(name, element, depth - 1, visit));
            } else {
                value.properties()
                        .forEach(field -> each(name + "." + field.getKey(), field.getValue(), depth - 1, visit));
            }
        }
    }

    /** Each option of each variant as {@code option.NAME}. */
    static void eachOption(SearchDocument product, BiConsumer<String, String> visit) {
        product.variants()
                .forEach(variant ->
                        new TreeMap<>(variant.options()).forEach((name, value) -> visit.accept(OPTION + name, value)));
    }

    /** A value as it is filtered by: a number in plain digits, without zeros at its end, however it was written. */
    static String text(JsonNode value) {
        return value.isNumber() && Double.isFinite(value.doubleValue())
                ? plain(value.decimalValue(), value.asText())
                : value.asText();
    }

    private static String plain(BigDecimal number, String asWritten) {
        var shortest = number.stripTrailingZeros();
        return Math.abs(shortest.scale()) > MAX_SCALE ? asWritten : shortest.toPlainString();
    }
}
