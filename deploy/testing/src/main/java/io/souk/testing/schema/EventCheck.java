package io.souk.testing.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.dialect.Dialects;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Whether events are as their released schemas say. */
public final class EventCheck {
    private static final ObjectMapper JSON = new ObjectMapper();

    private static final SchemaRegistry REGISTRY = SchemaRegistry.withDefaultDialect(
            Dialects.getDraft202012(),
            builder -> builder.schemaRegistryConfig(
                    SchemaRegistryConfig.builder().formatAssertionsEnabled(true).build()));

    private static final Map<String, Optional<Schema>> KNOWN = new ConcurrentHashMap<>();

    private EventCheck() {}

    /** What of the data does not fit the schema. */
    public static List<String> faults(JsonNode schema, JsonNode data) {
        return faults(REGISTRY.getSchema(schema), data);
    }

    /** What of the data of a changed aggregate does not fit its schema; nothing of one that has none. */
    public static List<String> faults(String service, String aggregate, byte[] data) {
        var schema = KNOWN.computeIfAbsent(
                service + "/" + aggregate,
                _ -> ReleasedSchemas.find(service, aggregate).map(REGISTRY::getSchema));
        return schema.map(known -> faults(known, parsed(data))).orElseGet(List::of);
    }

    private static List<String> faults(Schema schema, JsonNode data) {
        return schema.validate(data).stream().map(Error::toString).toList();
    }

    private static JsonNode parsed(byte[] data) {
        try {
            return JSON.readTree(data);
        } catch (IOException e) {
            throw new AssertionError("an event's data is no JSON", e);
        }
    }
}
