package io.souk.catalog.producttype;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import io.souk.catalog.input.Faults;
import io.souk.catalog.input.Pointers;

import java.util.HashSet;
import java.util.Set;

/**
 * Refuses schemas that would be dear or dangerous to run: such as lie outside, that refer to themselves, that unfold
 * without end, or whose patterns cannot run in linear time. Looks at subschemas only; what stands in {@code const},
 * {@code enum}, {@code default} and {@code examples} is data.
 */
final class SchemaGuard {
    static final String DIALECT = "https://json-schema.org/draft/2020-12/schema";
    static final int MAX_BYTES = 64 * 1024;
    static final int MAX_DEPTH = 24;

    /** A subschema lies two levels below the one around it, by way of {@code properties} and the like. */
    static final int MAX_JSON_DEPTH = 2 * MAX_DEPTH;

    /**
     * The schema's nodes with every reference unfolded, and its patterns' instructions: what may have to be looked at for each
     * node of an instance, whatever refers to what.
     */
    static final int MAX_WEIGHT = 20_000;

    private static final int MAX_PATTERN_CHARS = 500;

    /** Characters times all counted repetitions: they are unfolded too, and {@code ((a{1000}){1000}){1000}} would fill the memory. */
    private static final long MAX_PATTERN_REPEATED = 200_000;

    private static final java.util.regex.Pattern REPETITION =
            java.util.regex.Pattern.compile("\\{([0-9]{1,4})(?:,([0-9]{0,4}))?\\}");

    private static final Set<String> ONE_SCHEMA = Set.of(
            "additionalProperties",
            "contains",
            "contentSchema",
            "else",
            "if",
            "items",
            "not",
            "propertyNames",
            "then",
            "unevaluatedItems",
            "unevaluatedProperties");
    private static final Set<String> LIST_OF_SCHEMAS = Set.of("allOf", "anyOf", "oneOf", "prefixItems");
    private static final Set<String> MAP_OF_SCHEMAS =
            Set.of("$defs", "definitions", "dependentSchemas", "patternProperties", "properties");

    /** They move the base of references or defer their meaning to another schema. */
    private static final Set<String> REFUSED = Set.of(
            "$anchor", "$dynamicAnchor", "$dynamicRef", "$id", "$recursiveAnchor", "$recursiveRef", "$vocabulary");

    private final ObjectNode root;
    private final Faults faults;
    private final Set<String> unfolding = new HashSet<>();
    private int weight;

    private SchemaGuard(ObjectNode root, Faults faults) {
        this.root = root;
        this.faults = faults;
    }

    /**
     * Names in {@code faults} what keeps the schema from being used; the pointers begin with {@code at}.
     *
     * @return its weight, at most {@link #MAX_WEIGHT}, if nothing does
     */
    static int check(ObjectNode schema, String at, Faults faults) {
        var dialect = schema.path("$schema");
        if (!dialect.isMissingNode() && !dialect.asText().equals(DIALECT)) {
            faults.at(at + "/$schema", "must be " + DIALECT);
        }
        var guard = new SchemaGuard(schema, faults);
        guard.schema(at, schema, 1);
        return guard.weight;
    }

    private void schema(String at, JsonNode schema, int depth) {
        if (!weighs(at, 1) || schema.isBoolean()) {
            return;
        }
        if (!(schema instanceof ObjectNode object)) {
            faults.at(at, "must be a schema: an object, true or false");
        } else if (depth > MAX_DEPTH) {
            faults.at(at, "is nested deeper than " + MAX_DEPTH + " levels");
        } else {
            object.properties().forEach(keyword -> keyword(at, keyword.getKey(), keyword.getValue(), depth));
        }
    }

    /** False once the schema is refused, so that a walk through all that it unfolds to ends early. */
    private boolean weighs(String at, int more) {
        if (!faults.none()) {
            return false;
        }
        weight += more;
        if (weight > MAX_WEIGHT) {
            faults.at(at, "makes the schema too large: more than " + MAX_WEIGHT + " nodes with references unfolded");
        }
        return faults.none();
    }

    private static int nodes(JsonNode data) {
        int nodes = 1;
        for (var child : data) {
            nodes += nodes(child);
        }
        return nodes;
    }

    private void keyword(String parent, String name, JsonNode value, int depth) {
        var at = Pointers.child(parent, name);
        if (REFUSED.contains(name)) {
            faults.at(at, "is not supported: a schema refers to its own $defs only");
        } else if (name.equals("$ref")) {
            reference(at, value, depth);
        } else if (name.equals("pattern")) {
            pattern(at, value.asText());
        } else if (ONE_SCHEMA.contains(name)) {
            schema(at, value, depth + 1);
        } else if (LIST_OF_SCHEMAS.contains(name)) {
            for (int i = 0; i < value.size(); i++) {
                schema(Pointers.child(at, i), value.path(i), depth + 1);
            }
        } else if (MAP_OF_SCHEMAS.contains(name)) {
            schemas(at, name, value, depth);
        } else {
            weighs(at, nodes(value));
        }
    }

    private void schemas(String at, String keyword, JsonNode map, int depth) {
        for (var entry : map.properties()) {
            var pointer = Pointers.child(at, entry.getKey());
            if (keyword.equals("patternProperties")) {
                pattern(pointer, entry.getKey());
            }
            schema(pointer, entry.getValue(), depth + 1);
        }
    }

    private void reference(String at, JsonNode reference, int depth) {
        var text = reference.asText();
        if (!text.startsWith("#/")) {
            faults.at(at, "must begin with #/: a schema refers to its own $defs only");
            return;
        }
        if (text.indexOf('%') >= 0) {
            faults.at(at, "must not be percent-encoded");
            return;
        }
        var target = root.at(text.substring(1));
        if (target.isMissingNode()) {
            faults.at(at, "refers to nothing");
        } else if (!unfolding.add(text)) {
            faults.at(at, "refers to itself");
        } else {
            schema(at, target, depth + 1);
            unfolding.remove(text);
        }
    }

    private void pattern(String at, String pattern) {
        if (pattern.length() > MAX_PATTERN_CHARS) {
            faults.at(at, "is longer than " + MAX_PATTERN_CHARS + " characters");
            return;
        }
        if (pattern.length() * repetitions(pattern) > MAX_PATTERN_REPEATED) {
            faults.at(at, "repeats too much");
            return;
        }
        try {
            weighs(at, Pattern.compile(pattern).programSize());
        } catch (PatternSyntaxException unsupported) {
            faults.at(at, "is no pattern of linear time (RE2 syntax): " + unsupported.getDescription());
        }
    }

    /** As if every repetition stood in every other. */
    private static double repetitions(String pattern) {
        double product = 1;
        for (var found = REPETITION.matcher(pattern); found.find(); ) {
            int least = Integer.parseInt(found.group(1));
            var most = found.group(2);
            product *= Math.max(1, most == null || most.isEmpty() ? least : Integer.parseInt(most));
        }
        return product;
    }
}
