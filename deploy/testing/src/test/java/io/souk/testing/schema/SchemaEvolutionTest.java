package io.souk.testing.schema;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

class SchemaEvolutionTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    private static final String RELEASED = """
            {"type": "object",
             "properties": {
               "id": {"type": "string", "format": "uuid"},
               "note": {"type": ["string", "null"]},
               "status": {"type": "string", "enum": ["OPEN", "CLOSED"]},
               "lines": {"type": "array", "items": {"type": "object", "properties": {"sku": {"type": "string"}}, "required": ["sku"]}},
               "prices": {"type": "object", "additionalProperties": {"type": "integer"}}},
             "required": ["id", "note", "status", "lines"]}""";

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            a new field                | "status": {                       | "more": {"type": "integer"}, "status": {
            a new value                | "OPEN", "CLOSED"                  | "OPEN", "CLOSED", "HELD"
            values in another order    | "OPEN", "CLOSED"                  | "CLOSED", "OPEN"
            a new field of an item     | "properties": {"sku"              | "properties": {"colour": {"type": "string"}, "sku"
            a title                    | {"type": "object", "properties": {"sku" | {"title": "line", "type": "object", "properties": {"sku"
            """)
    void givenWhatReadersCanLiveWith_thenItMayBeReleased(String what, String from, String to) {
        assertThat(breaks(from, to)).as(what).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            a field is gone            | "note": {"type": ["string", "null"]},            | ~~
            a field has another name   | "status": {                                       | "state": {
            another type               | "type": "string", "format": "uuid"                | "type": "integer", "format": "uuid"
            another format             | "format": "uuid"                                  | "format": "uri"
            no format any more         | , "format": "uuid"                                | ~~
            null is new                | "type": "string", "enum"                          | "type": ["string", "null"], "enum"
            null is gone               | ["string", "null"]                                | "string"
            a value is gone            | "OPEN", "CLOSED"                                  | "OPEN"
            an enumeration is gone     | , "enum": ["OPEN", "CLOSED"]                      | ~~
            an enumeration is new      | "type": "string", "format": "uuid"                | "type": "string", "format": "uuid", "enum": ["a"]
            a required field is new    | "properties": {"sku": {"type": "string"}}, "required": ["sku"] | "properties": {"sku": {"type": "string"}, "b": {}}, "required": ["sku", "b"]
            a field becomes required   | "required": ["id", "note", "status", "lines"]     | "required": ["id", "note", "status", "lines", "prices"]
            a field becomes optional   | "required": ["id", "note", "status", "lines"]     | "required": ["id", "note", "status"]
            an item's field has another type | {"sku": {"type": "string"}}                 | {"sku": {"type": "integer"}}
            items are others           | "items": {"type": "object"                        | "items": {"type": "string"
            a map's values are others  | "additionalProperties": {"type": "integer"}       | "additionalProperties": {"type": "string"}
            nothing more is taken      | "required": ["id", "note", "status", "lines"]     | "required": ["id", "note", "status", "lines"], "additionalProperties": false
            """)
    void givenWhatBreaksAReader_thenItIsNamed(String what, String from, String to) {
        assertThat(breaks(from, to)).as(what).isNotEmpty();
    }

    @Test
    void givenABreak_thenItsPlaceIsTold() {
        assertThat(breaks("{\"sku\": {\"type\": \"string\"}}", "{\"sku\": {\"type\": \"integer\"}}"))
                .containsExactly("/lines/items/sku: type was \"string\" and would be \"integer\"");
    }

    private static List<String> breaks(String from, String to) {
        assertThat(RELEASED).contains(from);
        return SchemaEvolution.breaks(json(RELEASED), json(RELEASED.replace(from, to)));
    }

    private static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException failure) {
            throw new IllegalArgumentException(text, failure);
        }
    }
}
