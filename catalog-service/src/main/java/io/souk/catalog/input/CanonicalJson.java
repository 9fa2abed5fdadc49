package io.souk.catalog.input;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Map;

/**
 * One spelling for JSON documents that come from outside: keys sorted, numbers without needless digits. Two documents
 * that mean the same are then equal as trees and as bytes, whether they come from a request, a table or an event.
 */
public final class CanonicalJson {
    /** Far beyond any measure, near enough that arithmetic on it stays cheap. */
    private static final int MAX_DIGITS = 60;

    private final Faults faults;
    private final int maxTextLength;
    private final int maxDepth;

    private CanonicalJson(Faults faults, int maxTextLength, int maxDepth) {
        this.faults = faults;
        this.maxTextLength = maxTextLength;
        this.maxDepth = maxDepth;
    }

    /** The canonical copy; what is too deep, too long or out of range is named in {@code faults} and left out. */
    public static ObjectNode object(
            Faults faults, String pointer, ObjectNode document, int maxTextLength, int maxDepth) {
        return new CanonicalJson(faults, maxTextLength, maxDepth).object(pointer, document, 1);
    }

    private ObjectNode object(String pointer, ObjectNode document, int depth) {
        var fields = new ArrayList<>(document.properties());
        fields.sort(Map.Entry.comparingByKey());
        var copy = JsonNodeFactory.instance.objectNode();
        for (var field : fields) {
            var at = Pointers.child(pointer, field.getKey());
            var fault = Texts.unacceptable(field.getKey(), false);
            if (fault != null) {
                faults.at(at, "the name " + fault);
            } else {
                copy.set(field.getKey(), value(at, field.getValue(), depth));
            }
        }
        return copy;
    }

    private ArrayNode array(String pointer, JsonNode elements, int depth) {
        var copy = JsonNodeFactory.instance.arrayNode(elements.size());
        for (int i = 0; i < elements.size(); i++) {
            copy.add(value(Pointers.child(pointer, i), elements.get(i), depth));
        }
        return copy;
    }

    private JsonNode value(String pointer, JsonNode value, int depth) {
        if (value.isContainerNode()) {
            if (depth == maxDepth) {
                faults.at(pointer, "must not be nested deeper than " + maxDepth + " levels");
                return JsonNodeFactory.instance.nullNode();
            }
            return value instanceof ObjectNode object
                    ? object(pointer, object, depth + 1)
                    : array(pointer, value, depth + 1);
        }
        if (value.isNumber()) {
            return number(pointer, value);
        }
        if (value.isTextual()) {
            Texts.optionalText(faults, pointer, value.textValue(), maxTextLength);
        }
        return value;
    }

    private JsonNode number(String pointer, JsonNode value) {
        var number = value.decimalValue();
        if (number.signum() == 0) {
            return JsonNodeFactory.instance.numberNode(0);
        }
        if (number.precision() > MAX_DIGITS || Math.abs((long) number.precision() - number.scale()) > MAX_DIGITS) {
            faults.at(pointer, "is a number out of range");
            return JsonNodeFactory.instance.nullNode();
        }
        var shortest = number.stripTrailingZeros();
        return shortest.scale() <= 0
                ? whole(shortest.toBigIntegerExact())
                : JsonNodeFactory.instance.numberNode(shortest);
    }

    /** As the parser makes them, because Jackson's int, long and big nodes are never equal to each other. */
    private static JsonNode whole(BigInteger number) {
        if (number.bitLength() < Integer.SIZE) {
            return JsonNodeFactory.instance.numberNode(number.intValue());
        }
        return number.bitLength() < Long.SIZE
                ? JsonNodeFactory.instance.numberNode(number.longValue())
                : JsonNodeFactory.instance.numberNode(number);
    }
}
