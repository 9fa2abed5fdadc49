package io.souk.catalog.producttype;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.re2j.Pattern;
import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaException;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.dialect.Dialect;
import com.networknt.schema.dialect.Dialects;
import com.networknt.schema.path.PathType;
import com.networknt.schema.regex.RegularExpression;
import io.souk.catalog.input.Faults;
import io.souk.catalog.input.Pointers;

import java.util.List;
import java.util.Locale;

/** A product type's schema, compiled once and used from any thread. */
public final class AttributeRules {
    /**
     * Steps that one product's attributes may take, 100,000: the schema's weight times the attributes' size. A step took up to
     * 1 µs and 400 bytes (each branch of an {@code anyOf} that fails is an error), so the dearest product costs 0.1 s and 40 MB.
     * The shipped types weigh about a hundred: they leave room for hundreds of values.
     */
    static final int MAX_STEPS = 100_000;

    /** Patterns and formats read text, some 50 times as fast as a node is looked at. */
    private static final int CHARS_PER_NODE = 64;

    /** A message may quote the schema, whose constants may be long. */
    private static final int MAX_MESSAGE = 300;

    private static final SchemaRegistryConfig CONFIG = SchemaRegistryConfig.builder()
            .pathType(PathType.JSON_POINTER)
            .formatAssertionsEnabled(true)
            .regularExpressionFactory(AttributeRules::linear)
            .locale(Locale.ENGLISH)
            .build();

    /** Knows the dialect's own schemas, which lie in the validator's jar, and fetches nothing. */
    private static final SchemaRegistry REGISTRY = SchemaRegistry.withDefaultDialect(
            Dialect.builder(Dialects.getDraft202012()).format(new GtinFormat()).build(),
            registry -> registry.schemaRegistryConfig(CONFIG).schemaCacheEnabled(false));

    private final Schema schema;
    private final int weight;

    private AttributeRules(Schema schema, int weight) {
        this.schema = schema;
        this.weight = weight;
    }

    /** Names in {@code faults} why this is no schema for attributes; the pointers begin with {@code at}. */
    static void checkSchema(ObjectNode schema, String at, Faults faults) {
        SchemaGuard.check(schema, at, faults);
        if (faults.none()) {
            var dialect = REGISTRY.getSchema(SchemaLocation.of(SchemaGuard.DIALECT));
            dialect.validate(schema).forEach(error -> faults.at(at + pointer(error), message(error)));
        }
        if (faults.none()) {
            try {
                compile(schema).check(schema.objectNode(), at, new Faults());
            } catch (SchemaException unusable) {
                faults.at(at, "cannot be used: " + unusable.getMessage());
            }
        }
    }

    /** Of a schema that was checked. */
    static AttributeRules compile(ObjectNode schema) {
        var faults = new Faults();
        int weight = SchemaGuard.check(schema, "", faults);
        if (!faults.none()) {
            throw new IllegalArgumentException("not a checked schema: " + faults.list());
        }
        var compiled = REGISTRY.getSchema(schema);
        compiled.initializeValidators();
        return new AttributeRules(compiled, weight);
    }

    /** The most that a check can take: as if each part of the schema were held against each part of the attributes. */
    long steps(ObjectNode attributes) {
        return weight * (1 + size(attributes) / CHARS_PER_NODE);
    }

    private static long size(JsonNode node) {
        long size = CHARS_PER_NODE;
        if (node.isTextual()) {
            size += node.textValue().length();
        }
        for (var field : node.properties()) {
            size += field.getKey().length() + size(field.getValue());
        }
        if (node.isArray()) {
            for (var element : node) {
                size += size(element);
            }
        }
        return size;
    }

    /**
     * Names in {@code faults} what of the attributes breaks the schema; the pointers begin with {@code at}. Attributes that
     * would take more than {@link #MAX_STEPS} are refused without a look.
     */
    void check(ObjectNode attributes, String at, Faults faults) {
        var steps = steps(attributes);
        if (steps > MAX_STEPS) {
            faults.at(
                    at,
                    "are too much for the product type's schema: checking them takes " + steps + " steps, at most "
                            + MAX_STEPS);
            return;
        }
        List<Error> errors = schema.validate(attributes);
        for (var error : errors) {
            faults.at(at + pointer(error), message(error));
        }
    }

    /** The place of the fault; for a property that is missing or too much, the place of that property. */
    private static String pointer(Error error) {
        var place = error.getInstanceLocation().toString();
        var property = error.getProperty();
        return property == null || !namesProperty(error) ? place : Pointers.child(place, property);
    }

    private static boolean namesProperty(Error error) {
        return switch (error.getKeyword()) {
            case "required", "additionalProperties", "unevaluatedProperties", "dependentRequired" -> true;
            case null, default -> false;
        };
    }

    private static String message(Error error) {
        return switch (error.getKeyword()) {
            case "required" -> "is required";
            case "additionalProperties", "unevaluatedProperties" -> "is not an attribute of this product type";
            case null, default -> shortened(error.getMessage());
        };
    }

    private static String shortened(String message) {
        return message.length() <= MAX_MESSAGE ? message : message.substring(0, MAX_MESSAGE) + "…";
    }

    private static RegularExpression linear(String pattern) {
        var compiled = Pattern.compile(pattern);
        return value -> compiled.matcher(value).find();
    }
}
