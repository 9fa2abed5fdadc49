package io.souk.testing.schema;

import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

import static org.assertj.core.api.Assertions.assertThat;

class EventSchemaTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    enum Colour {
        RED,
        GREEN
    }

    record Code(String value) {
        @JsonValue
        @Override
        public String toString() {
            return value;
        }
    }

    record Part(String sku, @Nullable String note) {}

    record State(
            UUID id,
            long version,
            int position,
            boolean open,
            Colour colour,
            Code code,
            @Nullable Instant at,
            List<Part> parts,
            Map<String, String> options,
            ObjectNode attributes,
            Map<String, JsonNode> anything,
            Set<String> changed) {}

    @Test
    void givenARecord_thenItsSchemaSaysWhatItsJsonIs() throws JsonProcessingException {
        var schema = EventSchema.of("catalog", "thing", State.class, null);

        var expected = JSON.readTree("""
                {"$schema": "https://json-schema.org/draft/2020-12/schema",
                 "$id": "https://souk.example/schemas/souk.catalog.thing.changed.v1",
                 "title": "souk.catalog.thing.changed.v1",
                 "type": "object",
                 "properties": {
                   "id": {"type": "string", "format": "uuid"},
                   "version": {"type": "integer"},
                   "position": {"type": "integer"},
                   "open": {"type": "boolean"},
                   "colour": {"type": "string", "enum": ["RED", "GREEN"]},
                   "code": {"type": "string"},
                   "at": {"type": ["string", "null"], "format": "date-time"},
                   "parts": {"type": "array", "items": {"type": "object",
                     "properties": {"sku": {"type": "string"}, "note": {"type": ["string", "null"]}},
                     "required": ["sku", "note"]}},
                   "options": {"type": "object", "additionalProperties": {"type": "string"}},
                   "attributes": {"type": "object"},
                   "anything": {"type": "object", "additionalProperties": {}},
                   "changed": {"type": "array", "items": {"type": "string"}}}}""");
        ((ObjectNode) expected)
                .set(
                        "required",
                        JSON.valueToTree(List.of(
                                "id",
                                "version",
                                "position",
                                "open",
                                "colour",
                                "code",
                                "at",
                                "parts",
                                "options",
                                "attributes",
                                "anything",
                                "changed")));
        assertThat(sorted(schema)).isEqualTo(sorted(expected));
    }

    @Test
    void givenAReleaseWithoutSomeFields_thenTheyAreOptionalNow_andTheChangeIsOneThatReadersCanLiveWith() {
        var released = EventSchema.of("catalog", "thing", State.class, null);
        ((ObjectNode) released.path("properties")).remove("position");
        remove(released, "position");
        var item = (ObjectNode) released.at("/properties/parts/items");
        ((ObjectNode) item.path("properties")).remove("note");
        remove(item, "note");

        var next = EventSchema.of("catalog", "thing", State.class, released);

        assertThat(next.path("properties").has("position")).isTrue();
        assertThat(next.path("required").toString()).doesNotContain("position").contains("version");
        assertThat(next.at("/properties/parts/items/required").toString()).isEqualTo("[\"sku\"]");
        assertThat(SchemaEvolution.breaks(released, next)).isEmpty();
        assertThat(SchemaEvolution.breaks(next, released)).isNotEmpty();
    }

    @Test
    void givenAnEvent_thenItFitsItsSchemaUntilAFieldIsMissingOrAnother() throws JsonProcessingException {
        var schema = EventSchema.of("catalog", "thing", Part.class, null);

        assertThat(EventCheck.faults(schema, JSON.readTree("{\"sku\": \"a\", \"note\": null, \"new\": 1}")))
                .isEmpty();
        assertThat(EventCheck.faults(schema, JSON.readTree("{\"sku\": \"a\"}"))).hasSize(1);
        assertThat(EventCheck.faults(schema, JSON.readTree("{\"sku\": null, \"note\": \"b\"}")))
                .hasSize(1);
    }

    private static void remove(ObjectNode schema, String required) {
        var names = (ArrayNode) schema.path("required");
        for (int i = names.size() - 1; i >= 0; i--) {
            if (names.get(i).asText().equals(required)) {
                names.remove(i);
            }
        }
    }

    /** The order of required fields and of types does not matter. */
    private static JsonNode sorted(JsonNode schema) {
        var copy = schema.deepCopy();
        copy.findParents("required").forEach(parent -> sort((ObjectNode) parent, "required"));
        copy.findParents("type").forEach(parent -> sort((ObjectNode) parent, "type"));
        return copy;
    }

    private static void sort(ObjectNode parent, String field) {
        if (parent.get(field) instanceof ArrayNode list) {
            var names = list.valueStream().map(JsonNode::asText).sorted().toList();
            parent.set(field, JSON.valueToTree(names));
        }
    }
}
