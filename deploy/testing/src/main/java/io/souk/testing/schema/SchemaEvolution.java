package io.souk.testing.schema;

import com.fasterxml.jackson.databind.JsonNode;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Whether a schema may take the place of a released one. Both ways: the log still has the events of before, so they must fit
 * the new schema; and readers built on the released one must be able to read new events. So fields may be added, as optional
 * ones, and enumerations may grow (docs/events.md tells readers so); everything else is another version of the type.
 */
public final class SchemaEvolution {
    private final List<String> breaks = new ArrayList<>();

    private SchemaEvolution() {}

    /** What makes it another type, in words; empty when nothing does. */
    public static List<String> breaks(JsonNode released, JsonNode next) {
        var evolution = new SchemaEvolution();
        evolution.compare("", released, next);
        return evolution.breaks;
    }

    private void compare(String at, JsonNode released, JsonNode next) {
        for (var keyword : List.of("type", "format", "const", "pattern", "minimum", "maximum", "uniqueItems")) {
            if (!values(released.path(keyword)).equals(values(next.path(keyword)))) {
                breaks.add("%s: %s was %s and would be %s"
                        .formatted(name(at), keyword, told(released, keyword), told(next, keyword)));
            }
        }
        compareEnum(at, released, next);
        compareProperties(at, released, next);
        for (var part : List.of("items", "additionalProperties")) {
            if (released.path(part).isObject() && next.path(part).isObject()) {
                compare(at + "/" + part, released.path(part), next.path(part));
            } else if (!released.path(part).equals(next.path(part))) {
                breaks.add(name(at) + ": " + part + " is another");
            }
        }
    }

    private void compareEnum(String at, JsonNode released, JsonNode next) {
        if (!released.has("enum") && !next.has("enum")) {
            return;
        }
        var gone = values(released.path("enum"));
        gone.removeAll(values(next.path("enum")));
        if (!released.has("enum") || !next.has("enum") || !gone.isEmpty()) {
            breaks.add(name(at) + ": the values " + gone + " are gone, or the field is none of fixed values any more");
        }
    }

    private void compareProperties(String at, JsonNode released, JsonNode next) {
        var before = released.path("properties");
        var after = next.path("properties");
        before.properties().forEach(property -> {
            var field = at + "/" + property.getKey();
            if (after.has(property.getKey())) {
                compare(field, property.getValue(), after.path(property.getKey()));
            } else {
                breaks.add(name(field) + ": is gone (a new name is another field)");
            }
        });
        var required = values(released.path("required"));
        var requiredNow = values(next.path("required"));
        required.stream()
                .filter(field -> !requiredNow.contains(field) && after.has(unquoted(field)))
                .forEach(field -> breaks.add(name(at) + ": " + field + " was always there and would not be"));
        requiredNow.stream()
                .filter(field -> !required.contains(field))
                .forEach(field -> breaks.add(name(at) + ": " + field + " would be required, and old events lack it"));
    }

    /** Of one value, or of a list in whatever order. */
    private static Set<String> values(JsonNode node) {
        var values = new TreeSet<String>();
        if (node.isArray()) {
            node.forEach(value -> values.add(value.toString()));
        } else if (!node.isMissingNode()) {
            values.add(node.toString());
        }
        return values;
    }

    private static String unquoted(String text) {
        return text.substring(1, text.length() - 1);
    }

    private static String told(JsonNode schema, String keyword) {
        return schema.has(keyword) ? schema.path(keyword).toString() : "not there";
    }

    private static String name(String at) {
        return at.isEmpty() ? "the event" : at;
    }
}
