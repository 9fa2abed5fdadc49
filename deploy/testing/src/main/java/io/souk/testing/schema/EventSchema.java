package io.souk.testing.schema;

import com.fasterxml.classmate.ResolvedType;
import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.victools.jsonschema.generator.CustomDefinition;
import com.github.victools.jsonschema.generator.FieldScope;
import com.github.victools.jsonschema.generator.Option;
import com.github.victools.jsonschema.generator.OptionPreset;
import com.github.victools.jsonschema.generator.SchemaGenerationContext;
import com.github.victools.jsonschema.generator.SchemaGenerator;
import com.github.victools.jsonschema.generator.SchemaGeneratorConfigBuilder;
import com.github.victools.jsonschema.generator.SchemaVersion;
import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.TreeSet;
import java.util.UUID;

/**
 * Makes the JSON Schema of an event from its state record. A component that is not {@code @Nullable} is never null, and every
 * component is written. So all are required; but not those that a release did not have: events of before, which stay in the
 * log, lack them.
 */
public final class EventSchema {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final SchemaGenerator GENERATOR = generator();

    private EventSchema() {}

    /**
     * The schema of a state record.
     *
     * @param released as {@link ReleasedSchemas#find} has it; null before the first release
     */
    public static ObjectNode of(String service, String aggregate, Class<?> state, @Nullable JsonNode released) {
        var type = "souk.%s.%s.changed.v1".formatted(service, aggregate);
        var schema = JSON.createObjectNode()
                .put("$schema", SchemaVersion.DRAFT_2020_12.getIdentifier())
                .put("$id", "https://souk.example/schemas/" + type)
                .put("title", type);
        var generated = GENERATOR.generateSchema(state);
        generated.remove("$schema");
        schema.setAll(generated);
        if (released != null) {
            keepOptional(schema, released);
        }
        return schema;
    }

    /** What was not required, or not there at all, is not required now. */
    private static void keepOptional(JsonNode schema, JsonNode released) {
        if (schema.get("required") instanceof ArrayNode required && released.has("properties")) {
            var kept = new TreeSet<String>();
            released.path("required").forEach(name -> kept.add(name.asText()));
            for (int i = required.size() - 1; i >= 0; i--) {
                if (!kept.contains(required.get(i).asText())) {
                    required.remove(i);
                }
            }
        }
        schema.path("properties").properties().forEach(property -> {
            var before = released.path("properties").path(property.getKey());
            if (!before.isMissingNode()) {
                keepOptional(property.getValue(), before);
            }
        });
        for (var part : new String[] {"items", "additionalProperties"}) {
            if (schema.path(part).isObject() && released.path(part).isObject()) {
                keepOptional(schema.path(part), released.path(part));
            }
        }
    }

    private static SchemaGenerator generator() {
        var builder = new SchemaGeneratorConfigBuilder(JSON, SchemaVersion.DRAFT_2020_12, OptionPreset.PLAIN_JSON)
                .with(
                        Option.INLINE_ALL_SCHEMAS,
                        Option.MAP_VALUES_AS_ADDITIONAL_PROPERTIES,
                        Option.FLATTENED_ENUMS,
                        Option.NULLABLE_ARRAY_ITEMS_ALLOWED);
        builder.forFields().withRequiredCheck(_ -> true).withNullableCheck(EventSchema::isNullable);
        builder.forTypesInGeneral()
                .withPropertySorter((_, _) -> 0) // as they are declared
                .withCustomDefinitionProvider(EventSchema::custom);
        return new SchemaGenerator(builder.build());
    }

    private static boolean isNullable(FieldScope field) {
        return !field.isFakeContainerItemScope()
                && field.getRawMember().getAnnotatedType().isAnnotationPresent(Nullable.class);
    }

    private static @Nullable CustomDefinition custom(ResolvedType type, SchemaGenerationContext context) {
        var erased = type.getErasedType();
        if (erased == UUID.class) {
            return plain("string", "uuid");
        }
        if (erased == Instant.class) {
            return plain("string", "date-time");
        }
        if (erased == LocalDate.class) {
            return plain("string", "date");
        }
        if (erased == ObjectNode.class) {
            return plain("object", null);
        }
        if (JsonNode.class.isAssignableFrom(erased)) {
            return new CustomDefinition(JSON.createObjectNode());
        }
        return isText(erased) ? plain("string", null) : null;
    }

    /** A type of ours that is written as one text. */
    private static boolean isText(Class<?> type) {
        return Arrays.stream(type.getMethods())
                .anyMatch(method ->
                        method.isAnnotationPresent(JsonValue.class) && method.getReturnType() == String.class);
    }

    private static CustomDefinition plain(String type, @Nullable String format) {
        var schema = JSON.createObjectNode().put("type", type);
        return new CustomDefinition(format == null ? schema : schema.put("format", format));
    }
}
