package io.souk.catalog.producttype;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.re2j.Pattern;
import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaException;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.SpecificationVersion;
import com.networknt.schema.path.PathType;
import com.networknt.schema.regex.RegularExpression;
import io.souk.catalog.input.Faults;
import io.souk.catalog.input.Pointers;

import java.util.List;
import java.util.Locale;

/** A product type's schema, compiled once and used from any thread. */
public final class AttributeRules {
    private static final SchemaRegistryConfig CONFIG = SchemaRegistryConfig.builder()
            .pathType(PathType.JSON_POINTER)
            .formatAssertionsEnabled(true)
            .regularExpressionFactory(AttributeRules::linear)
            .locale(Locale.ENGLISH)
            .build();

    /** Knows the dialect's own schemas, which lie in the validator's jar, and fetches nothing. */
    private static final SchemaRegistry REGISTRY = SchemaRegistry.withDefaultDialect(
            SpecificationVersion.DRAFT_2020_12,
            registry -> registry.schemaRegistryConfig(CONFIG).schemaCacheEnabled(false));

    private final Schema schema;

    private AttributeRules(Schema schema) {
        this.schema = schema;
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
        var compiled = REGISTRY.getSchema(schema);
        compiled.initializeValidators();
        return new AttributeRules(compiled);
    }

    /** Names in {@code faults} what of the attributes breaks the schema; the pointers begin with {@code at}. */
    public void check(ObjectNode attributes, String at, Faults faults) {
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
            case null, default -> error.getMessage();
        };
    }

    private static RegularExpression linear(String pattern) {
        var compiled = Pattern.compile(pattern);
        return value -> compiled.matcher(value).find();
    }
}
